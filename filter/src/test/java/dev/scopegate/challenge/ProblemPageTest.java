package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

class ProblemPageTest {

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void html_anyReason_wellFormedAndNeedsNothingElse(RefusalReason reason) throws Exception {
        Refusal refusal = Refusal.of(reason, false);
        String page = BodyFormat.PAGE.write(refusal.problem("0123456789abcdef", List.of()));

        assertThat(page).doesNotContainIgnoringCase("<script", "http:", "https:", "url(", "@import", "src=", "href=");
        Document document = parse(page);
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).startsWith(refusal.status() + " ");
        assertThat(document.getElementsByTagName("p").item(0).getTextContent()).isEqualTo(refusal.description() + ".");
        assertThat(document.getElementsByTagName("p").item(1).getTextContent()).isNotBlank();
        assertThat(document.getElementsByTagName("code").item(0).getTextContent())
                .isEqualTo("0123456789abcdef");
        assertThat(page).contains("name=\"viewport\"", "prefers-color-scheme:dark", "lang=\"en\"");
    }

    @Test
    void contentSecurityPolicy_itsHash_isThatOfTheStyle() throws Exception {
        String page = ProblemPage.html(Refusal.of(RefusalReason.EXPIRED, true).problem("0123456789abcdef", List.of()));
        Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
        assertThat(style.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

        assertThat(ProblemPage.CONTENT_SECURITY_POLICY)
                .startsWith("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "';")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void text_anyReason_fourLines(RefusalReason reason) {
        Refusal refusal = Refusal.of(reason, true);

        assertThat(BodyFormat.TEXT
                        .write(refusal.problem("0123456789abcdef", List.of()))
                        .lines())
                .hasSize(4)
                .startsWith(
                        refusal.status() + " " + refusal.problem("x", List.of()).title(), refusal.description() + ".")
                .endsWith("Reference: 0123456789abcdef");
    }

    /** The page is written so that a parser of XML reads it once the elements that HTML never closes are closed. */
    private static Document parse(String page) throws Exception {
        String xml = page.replace("<!doctype html>", "").replaceAll("(<meta [^>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(xml.strip().getBytes(StandardCharsets.UTF_8)));
    }
}
