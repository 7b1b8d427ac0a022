package dev.scopegate.spring.forked;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** For an application in which Spring Security does nothing, although it is on the class path. */
public final class WithoutSecurity {

    /** The value of {@code spring.autoconfigure.exclude}. */
    public static final String EXCLUDED = Stream.of(
                    "SecurityAutoConfiguration",
                    "UserDetailsServiceAutoConfiguration",
                    "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                    "web.servlet.SecurityFilterAutoConfiguration",
                    "web.servlet.ServletWebSecurityAutoConfiguration")
            .map(name -> "org.springframework.boot.security.autoconfigure." + name)
            .collect(Collectors.joining(","));

    private WithoutSecurity() {}
}
