package dev.scopegate.model;

import java.time.Instant;

/**
 * How fresh it is what the issuer said of a token (RFC 7662). Immutable.
 *
 * @param answeredAt when the issuer said so
 * @param lastKnown whether the issuer was to be asked again, and gave no answer: this is what it said last, and the
 *     configuration lets that pass for a while. An application may want to do less for such a caller
 */
public record Introspected(Instant answeredAt, boolean lastKnown) {}
