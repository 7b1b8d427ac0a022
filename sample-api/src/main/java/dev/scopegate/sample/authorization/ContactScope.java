package dev.scopegate.sample.authorization;

/** The scopes of the contacts API. */
enum ContactScope {
    READ("read:contacts", "See the contacts"),
    CREATE("create:contacts", "Add contacts"),
    DELETE("delete:contacts", "Delete contacts");

    private final String value;
    private final String meaning;

    ContactScope(String value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    /** The scope as it stands in requests and tokens. */
    String value() {
        return value;
    }

    /** What a user allows with it, for the consent page. */
    String meaning() {
        return meaning;
    }
}
