package dev.scopegate.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network of IP addresses, or a single one, such as {@code 10.0.0.0/8}, {@code 127.0.0.1} or {@code fd00::/8}.
 *
 * <p>Immutable. Never asks a name server: what is no address is no member.
 *
 * @param text as it was written
 * @param address the first address of the network, as a number
 * @param bits how many bits an address has: 32 or 128
 * @param prefix how many leading bits the members share
 */
public record IpNetwork(String text, BigInteger address, int bits, int prefix) {

    /** Digits and separators of both families, so that nothing can be taken for a host name. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads a network.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static IpNetwork of(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> octets = octets(slash < 0 ? text : text.substring(0, slash));
        if (octets.isPresent()) {
            int bits = octets.get().length * 8;
            int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
            if (prefix >= 0 && prefix <= bits) {
                return new IpNetwork(text, leading(octets.get(), prefix), bits, prefix);
            }
        }
        throw new IllegalArgumentException("must be an IP address or a network, such as 127.0.0.1 or 10.0.0.0/8");
    }

    /** Whether {@code literal}, an IP address, is in this network. */
    public boolean contains(String literal) {
        return octets(literal)
                .filter(octets -> octets.length * 8 == bits)
                .map(octets -> leading(octets, prefix).equals(address))
                .orElse(false);
    }

    private static BigInteger leading(byte[] octets, int prefix) {
        int rest = octets.length * 8 - prefix;
        return new BigInteger(1, octets).shiftRight(rest).shiftLeft(rest);
    }

    private static int prefix(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static Optional<byte[]> octets(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
