/**
 * Token introspection: asks the authorization server about a token, and remembers the answer for a while.
 *
 * <pre>
 * token ──▶ IntrospectionClient ──▶ AnswerCache ──(nothing kept)──▶ IntrospectionCalls ──▶ http
 *                  │                                                      │
 *                  ▼                                                      ▼
 *      Active, Inactive, or IntrospectionException  ◀──────────  IntrospectionAnswer
 * </pre>
 *
 * <p>Knows nothing of requests, routes or scopes: what an active token may do is for its callers to judge.
 */
@NullMarked
package dev.scopegate.introspection;

import org.jspecify.annotations.NullMarked;
