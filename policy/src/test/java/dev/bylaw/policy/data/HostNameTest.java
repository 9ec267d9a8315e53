package dev.bylaw.policy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.value.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.salesforce.com, api.salesforce.com",
    "https://API.SalesForce.COM/x?y#z, api.salesforce.com",
    "https://api.salesforce.com./x, api.salesforce.com",
    "https://api.salesforce.com:443/, api.salesforce.com",
    "http://api.salesforce.com:80, api.salesforce.com",
    "https://api.salesforce.com:8443/, api.salesforce.com:8443",
    "https://api.salesforce.com:/x, api.salesforce.com",
    "http://api.salesforce.com:443/, api.salesforce.com:443",
    "api.salesforce.com, api.salesforce.com",
    "api.salesforce.com:8443/x, api.salesforce.com:8443",
    "//api.salesforce.com/x, api.salesforce.com",
    "https://api.salesforce.com.evil.com, api.salesforce.com.evil.com",
    "https://evil.com/api.salesforce.com, evil.com",
    "https://evil.com?api.salesforce.com, evil.com",
    "https://evil.com#@api.salesforce.com, evil.com",
    "https://bücher.example, xn--bcher-kva.example",
    "https://xn--bcher-kva.example, xn--bcher-kva.example",
    "https://ａｐｉ.example.com, api.example.com",
    "https://api。example.com, api.example.com",
    "https://аpi.example.com, xn--pi-6kc.example.com",
    "http://127.0.0.1:8080, 127.0.0.1:8080",
    "http://[::1]/, [0:0:0:0:0:0:0:1]",
    "http://[0:0:0:0:0:0:0:1]/, [0:0:0:0:0:0:0:1]",
    "'http://[::ffff:10.0.0.1]/', 10.0.0.1",
  })
  void aUrlLeadsToOneHost(String url, String host) throws Unreadable {
    assertThat(HostName.of(url)).hasToString(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/path",
        "https://",
        "https:evil.com",
        "https:/evil.com",
        "javascript:alert(1)",
        "https://user@api.salesforce.com",
        "https://api.salesforce.com@evil.com",
        "https://api.salesforce.com:pw@evil.com/",
        "https://evil.com\\@api.salesforce.com",
        "https://evil.com\\.api.salesforce.com",
        "https://api.salesforce.com%2eevil.com",
        "https://api.salesforce.com\t.evil.com",
        " https://api.salesforce.com",
        "https://api.salesforce.com\n",
        "https://api..com",
        "https://.com",
        "https://a_b.com",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.0.1.1/",
        "https://127.0.0.999/",
        "https://api.salesforce.com:99999",
        "https://api.salesforce.com:80:80",
        "https://[::1",
        "https://[::1%25eth0]/",
        "https://[1:2]/",
      })
  void whatProgramsReadDifferentlyIsRefused(String url) {
    assertThatThrownBy(() -> HostName.of(url)).isInstanceOf(Unreadable.class);
  }

  @Test
  void anEntryWithoutAPortAllowsTheSchemesOwnAndDeniesAll() throws Unreadable {
    HostList list = HostList.of(List.of("api.example.com", "b.example.com:8443"));
    assertThat(list.holds(HostName.of("https://api.example.com"), false)).isTrue();
    assertThat(list.holds(HostName.of("https://api.example.com:22"), false)).isFalse();
    assertThat(list.holds(HostName.of("https://api.example.com:22"), true)).isTrue();
    assertThat(list.holds(HostName.of("https://b.example.com:8443"), false)).isTrue();
    assertThat(list.holds(HostName.of("https://b.example.com"), false)).isFalse();
  }

  @Test
  void aStarStandsForNamesBelowAndNotForTheNameItself() throws Unreadable {
    HostList list = HostList.of(List.of("*.example.com"));
    assertThat(list.holds(HostName.of("a.b.example.com"), false)).isTrue();
    assertThat(list.holds(HostName.of("example.com"), false)).isFalse();
    assertThat(list.holds(HostName.of("evilexample.com"), false)).isFalse();
    assertThat(list.holds(HostName.of("a.example.com.evil.com"), false)).isFalse();
    assertThatThrownBy(() -> HostList.of(List.of("api.*.com"))).isInstanceOf(Unreadable.class);
  }

  @Test
  void aNetworkHoldsItsAddressesHoweverTheyAreWritten() throws Unreadable {
    HostList list = HostList.of(List.of("10.0.0.0/8", "fd00::/8"));
    assertThat(list.holds(HostName.of("http://10.255.3.4"), true)).isTrue();
    assertThat(list.holds(HostName.of("http://[::ffff:10.1.1.1]"), true)).isTrue();
    assertThat(list.holds(HostName.of("http://[fd12::1]:80"), true)).isTrue();
    assertThat(list.holds(HostName.of("http://11.0.0.1"), true)).isFalse();
    assertThat(list.holds(HostName.of("http://ten.example"), true)).isFalse();
  }

  @Test
  void recipientsAreReadOneByOne() throws Unreadable {
    assertThat(Recipients.of(Value.of(List.of("Ann <ann@Example.COM>, b@x.org", "c@y.org"))))
        .containsExactly("ann@example.com", "b@x.org", "c@y.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "a@b@c.org",
        "\"x@company.com\" <evil@x.org>",
        "x@company.com <evil@x.org>",
        "a@company.com(comment)",
        "a@[127.0.0.1",
        "a%b@company.com",
        "a b@company.com",
      })
  void anAddressThatIsNotOneForCertainIsRefused(String text) {
    assertThatThrownBy(() -> Recipients.of(Value.of(text))).isInstanceOf(Unreadable.class);
  }

  @Test
  void aRecipientIsOnAListByAddressOrDomain() {
    Set<String> list = Set.of("ann@x.org", "company.com", "@firm.com", "*.corp.com");
    assertThat(Recipients.holds(list, "ANN@x.org")).isTrue();
    assertThat(Recipients.holds(list, "bob@x.org")).isFalse();
    assertThat(Recipients.holds(list, "bob@company.com")).isTrue();
    assertThat(Recipients.holds(list, "bob@evilcompany.com")).isFalse();
    assertThat(Recipients.holds(list, "bob@company.com.evil.org")).isFalse();
    assertThat(Recipients.holds(list, "bob@firm.com")).isTrue();
    assertThat(Recipients.holds(list, "bob@mail.corp.com")).isTrue();
    assertThat(Recipients.holds(list, "bob@corp.com")).isFalse();
  }
}
