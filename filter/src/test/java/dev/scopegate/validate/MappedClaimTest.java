package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.test.Requirement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes a scope of claims that are not made for scopes. */
class MappedClaimTest {

    /** A claim, the claims of a token, and the values that become scopes. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "roles              ! {'roles':'admin'}                              ! admin",
                "roles              ! {'roles':'admin user'}                         ! admin user",
                "roles              ! {'roles':' admin  user '}                      ! admin user",
                "roles              ! {'roles':''}                                   ! ``",
                "roles              ! {'roles':['admin','user','admin']}             ! admin user",
                "roles              ! {'roles':[]}                                   ! ``",
                "roles              ! {'scope':'admin'}                              ! ``",
                "roles              ! {'Roles':['admin']}                            ! ``",
                "realm_access.roles ! {'realm_access':{'roles':['admin']}}           ! admin",
                "realm_access.roles ! {'realm_access':{'Roles':['admin']}}           ! ``",
                "realm_access.roles ! {'realm_access':['admin']}                     ! ``",
                "realm_access.roles ! {'realm_access':'admin','roles':['admin']}     ! ``",
                "realm_access       ! {'realm_access':{'roles':['admin']}}           ! ``",
                "a.b.c.d            ! {'a':{'b':{'c':{'d':'deep'}}}}                 ! deep",
            })
    void addTo_claim_itsValues(String path, String claims, String values) {
        assertThat(scopes(path, claims)).isEqualTo(values);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "https://example.com/roles          ! {'https://example.com/roles':['a']}                    ! a",
                "resource_access.my.client.roles    ! {'resource_access':{'my.client':{'roles':['a']}}}      ! a",
                "resource_access.my.client.roles    ! {'resource_access':{'my':{'client':{'roles':['a']}}}}  ! a",
                "resource_access.my.client.roles    ! {'resource_access':{'my.client.roles':['a']}}          ! a",
                "resource_access.my.client.roles    ! {'resource_access.my':{'client.roles':['a']}}          ! a",
                // The longest name counts ...
                "a.b                                ! {'a':{'b':'short'},'a.b':'long'}                       ! long",
                "a.b.c                              ! {'a':{'b.c':'short'},'a.b':{'c':'long'}}               ! long",
                "a.b                                ! {'a':{'b':'short'},'a.b':7}                            ! ``",
                // ... but one that leads nowhere does not hide the others.
                "a.b.c                              ! {'a':{'b.c':'there'},'a.b':{'x':'y'}}                  ! there",
                "a.b.c                              ! {'a':{'b.c':'there'},'a.b':'text'}                     ! there",
                "my.client.roles                    ! {'my':{'other':{'roles':['a']}}}                       ! ``",
            })
    void addTo_namesWithDots_longestFirst(String path, String claims, String values) {
        assertThat(scopes(path, claims)).isEqualTo(values);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{'value':'admin'}                             ! ``",
                "[{'value':'admin','display':'Chief'}]         ! admin",
                "[{'value':'admin','$ref':'/a'},{'value':'b'}] ! admin b",
                "['user',{'value':'admin'}]                    ! user admin",
                "[{'display':'admin'}]                         ! ``",
                "[{'value':7}]                                 ! ``",
                "[{'value':['admin']}]                         ! ``",
                "[{'value':{'value':'admin'}}]                 ! ``",
                "[['admin']]                                   ! ``",
            })
    @Requirement("RFC9068 §2.2.3.1")
    void addTo_objects_theirValues(String claim, String values) {
        assertThat(scopes("roles", "{'roles':" + claim + "}")).isEqualTo(values);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7                                  | ``",
                "true                               | ``",
                "null                               | ``",
                "{'admin':true}                     | ``",
                "[7,true,null,'user']               | user",
                "['Domain Admins','user']           | user",
                "['admin role:root']                | ``",
                "['','user',' ']                    | user",
                "['\\u0022','a\\u0022b','a\\u005cb','ok'] | ok",
                "['a\\u0000','a\\tb','a\\nb','ok']  | ok",
                "['Büro','\\u00a0','\\u202e','ok']  | ok",
                "['!','#','[',']','~',':','ok']     | `! # [ ] ~ : ok`",
            })
    @Requirement("RFC6749 §3.3")
    void addTo_whatNoScopeCanBe_leftOut(String claim, String values) {
        String text = claim.strip();
        assertThat(scopes("roles", "{'roles':" + text + "}")).isEqualTo(values);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "roles              ! {'roles':7}                          ! true",
                "roles              ! {'scope':'a'}                        ! false",
                "realm_access.roles ! {'realm_access':{'roles':[]}}        ! true",
                "realm_access.roles ! {'realm_access':{}}                  ! true",
                "realm_access.roles ! {'realm_access':'none'}              ! true",
                "realm_access.roles ! {'realm_access.roles':[]}            ! true",
                "realm_access.roles ! {'roles':[],'realm':{}}              ! false",
                "a.b.c              ! {'a.b':{}}                           ! true",
            })
    void isIn_claimOrAnObjectOnTheWay_says(String path, String claims, boolean says) {
        assertThat(new MappedClaim(path, "role:").isIn(claims(claims))).isEqualTo(says);
    }

    @Test
    void addTo_claimsMadeToBeSearchedForLong_soonDone() {
        Map<String, Object> inner = Map.of("x", "y");
        for (int depth = 0; depth < 24; depth++) {
            inner = new TreeMap<>(Map.of("a", inner, "a.a", inner));
        }
        Set<String> scopes = new LinkedHashSet<>();

        new MappedClaim("a.".repeat(20) + "b", "role:").addTo(scopes, inner);

        assertThat(scopes).isEmpty();
    }

    private static String scopes(String path, String claims) {
        Set<String> scopes = new LinkedHashSet<>();
        new MappedClaim(path, "role:").addTo(scopes, claims(claims));
        assertThat(scopes).allSatisfy(scope -> assertThat(scope).startsWith("role:"));
        return String.join(" ", scopes).replace("role:", "");
    }

    private static Map<String, Object> claims(String json) {
        return StrictJson.object(json.replace('\'', '"')).orElseThrow();
    }
}
