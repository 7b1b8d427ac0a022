package dev.scopegate.sample.authorization;

import dev.scopegate.spring.ScopegateAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** The Spring Boot application of the authorization server, without the database of the API and without Scopegate. */
@SpringBootApplication(exclude = {DataSourceAutoConfiguration.class, ScopegateAutoConfiguration.class})
class AuthorizationServerApplication {}
