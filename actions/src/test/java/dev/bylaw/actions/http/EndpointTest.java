package dev.bylaw.actions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bylaw.actions.Calls;
import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.actions.http.Vendors.Vendor;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final CheckVendor CHECK =
      new CheckVendor(
          new Vendors(
              List.of(
                  Vendor.of("salesforce", List.of("api.salesforce.com")),
                  Vendor.of("zendesk", List.of("api.zendesk.com", "*.zendesk.com")))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.salesforce.com",
        "https://api.salesforce.com/services",
        "api.salesforce.com/services?x=1",
        "HTTPS://API.SALESFORCE.COM",
        "https://api.salesforce.com.",
        "https://api.salesforce.com:443/x",
        "https://acme.zendesk.com"
      })
  void anApprovedVendorIsKnownInAnySpelling(String endpoint) throws InterruptedException {
    assertThat(Calls.done(CHECK, Map.of("endpoint", endpoint)).get("approved"))
        .isEqualTo(Calls.json("true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.salesforce.com.evil.example/x",
        "https://api.salesforce.com@evil.example/",
        "api.salesforce.com@evil.example",
        "https://api.salesforce.com:x@evil.example/",
        "https://evil.example/api.salesforce.com",
        "https://evil.example?api.salesforce.com",
        "https://evil.example#api.salesforce.com",
        "https://evil.example\\.api.salesforce.com",
        "https://evil.example\\@api.salesforce.com",
        "https://evilapi.salesforce.com",
        "https://api-salesforce.com",
        "http://api.salesforce.com",
        "https://api.salesforce.com:8443",
        "//api.salesforce.com",
        "ftp://api.salesforce.com",
        "https:api.salesforce.com",
        "https:///api.salesforce.com",
        "javascript:alert(1)//api.salesforce.com",
        "https://zendesk.com",
        "https://notzendesk.com",
        "https://api.salesforce.com%00.evil.example",
        "https://api.salesforce.com%2eevil.example",
        "https://api。salesforce。com",
        "https://аpi.salesforce.com",
        "https://api.salesforce.com\t.evil.example",
        " https://api.salesforce.com",
        "https://[::1]",
        "https://127.0.0.1"
      })
  void nothingElseIsTakenForOne(String endpoint) throws InterruptedException {
    var output = Calls.done(CHECK, Map.of("endpoint", endpoint));
    assertThat(output.get("approved")).as(endpoint).isEqualTo(Calls.json("false"));
    assertThat(output.text("vendor")).isEmpty();
    assertThat(output.text("reason")).isNotEmpty();
  }

  @Test
  void anEndpointShowsNeitherPathNorQuery() throws MalformedEndpointException {
    assertThat(Endpoint.parse("https://api.example.com/t/secret?key=secret").toString())
        .isEqualTo("https://api.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::",
        "2001:db8::1",
        "::ffff:127.0.0.1"
      })
  void privateAndSpecialAddressesAreNotPublic(String address) {
    assertThat(AddressRange.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
  void publicAddressesAre(String address) {
    assertThat(AddressRange.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void anEmptyListRefusesEverything() throws MalformedEndpointException {
    assertThat(Outbound.NOTHING.check(Endpoint.parse("https://8.8.8.8")))
        .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("host_not_listed"));
  }

  @Test
  void aListedNameThatLeadsIntoThePrivateNetworkIsRefused() throws MalformedEndpointException {
    var anyHost = Outbound.of(List.of("*", "http://*", "http://*:8080"));
    for (String url :
        List.of(
            "https://localhost",
            "https://127.0.0.1",
            "http://169.254.169.254/latest/meta-data",
            "http://[::1]",
            "http://[::ffff:127.0.0.1]:8080")) {
      assertThat(anyHost.check(Endpoint.parse(url)))
          .as(url)
          .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("private_address"));
    }
  }

  @Test
  void aPrivateAddressIsReachedOnlyWhereItIsListedItself() throws MalformedEndpointException {
    assertThat(
            Outbound.of(List.of("http://127.0.0.1:9")).check(Endpoint.parse("http://127.0.0.1:9")))
        .isEmpty();
    assertThat(
            Outbound.of(List.of("http://localhost:9")).check(Endpoint.parse("http://localhost:9")))
        .isEmpty();
    assertThat(
            Outbound.of(List.of("https://*", "127.0.0.0/8", "::1/128"))
                .check(Endpoint.parse("https://localhost")))
        .isEmpty();
    assertThat(
            Outbound.of(List.of("http://127.0.0.1:9")).check(Endpoint.parse("http://127.0.0.1:10")))
        .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("host_not_listed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "https://",
        "api.example.com/path",
        "**.example.com",
        "a..b",
        "x:99999",
        "ftp://x",
        "*x.example"
      })
  void aPatternThatIsNoneIsTold(String pattern) {
    assertThatThrownBy(() -> HostPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
