package dev.bylaw.actions.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The list that every outgoing call passes; what is not on it is refused, so an empty list refuses
 * everything.
 *
 * <p>A host on the list may still not lead into the private network: all its addresses must be
 * public, unless an address is in {@code privateRanges}, or the list names the address itself or
 * {@code localhost}.
 *
 * <p>A name is looked up just before its call, and {@link CheckedNames} keeps it to the list until
 * the call is over: a name that leads elsewhere the second time leads nowhere. Where another
 * provider looks names up for the JVM, calls by name are made over {@code https} only, whose
 * certificate proves the name; {@code http} is then refused but to addresses.
 *
 * @param hosts the hosts that may be called
 * @param privateRanges private addresses that listed hosts may have
 */
public record Outbound(List<HostPattern> hosts, List<AddressRange> privateRanges) {
  /** Refuses everything. */
  public static final Outbound NOTHING = new Outbound(List.of(), List.of());

  /** A call that is not made. */
  public record Refused(String code, String reason, boolean retryable) {}

  public Outbound {
    hosts = List.copyOf(hosts);
    privateRanges = List.copyOf(privateRanges);
  }

  /**
   * A list from texts: a host pattern each, or a range of private addresses ({@code 10.0.0.0/8}).
   *
   * @throws IllegalArgumentException if one is neither
   */
  public static Outbound of(List<String> entries) {
    List<String> ranges = entries.stream().filter(Outbound::isRange).toList();
    return new Outbound(
        entries.stream().filter(entry -> !isRange(entry)).map(HostPattern::parse).toList(),
        ranges.stream().map(AddressRange::parse).toList());
  }

  private static boolean isRange(String entry) {
    return entry.matches("[0-9a-fA-F:.]+/[0-9]{1,3}");
  }

  /**
   * Why a call may not be made that will be over after some time; empty if it may, and then the
   * host leads nowhere else until then.
   */
  public Optional<Refused> admit(Endpoint endpoint, Duration within) {
    Optional<Refused> refused = check(endpoint);
    if (refused.isPresent()) {
      return refused;
    }
    // Only now: a name that is refused is nothing that others in the JVM should miss.
    CheckedNames.hold(endpoint.host(), this, System.nanoTime() + within.toNanos());
    // What the JDK still remembers from before is seen here, all else passes the list.
    return check(endpoint);
  }

  /** Why a call may not be made; empty if it may. Looks the host up. */
  public Optional<Refused> check(Endpoint endpoint) {
    if (hosts.stream().noneMatch(pattern -> pattern.matches(endpoint))) {
      return Optional.of(
          new Refused("host_not_listed", endpoint + " is not on the list of hosts", false));
    }
    InetAddress[] addresses;
    try {
      // As the client will look it up, with the dot at its end if there is one.
      addresses = InetAddress.getAllByName(endpoint.uri().getHost());
    } catch (UnknownHostException _) {
      return Optional.of(
          new Refused("unknown_host", "the host of " + endpoint + " has no address", true));
    }
    for (InetAddress address : addresses) {
      if (!allows(endpoint.host(), address)) {
        return Optional.of(
            new Refused(
                "private_address",
                endpoint + " leads to a private address that is not listed",
                false));
      }
    }
    if (endpoint.scheme().equals("http")
        && !isLiteral(endpoint.host())
        && !CheckedNames.installed()) {
      return Optional.of(
          new Refused(
              "names_not_checked",
              endpoint
                  + " is called by name over `http`, and this JVM looks names up past the list:"
                  + " use `https` or the address",
              false));
    }
    return Optional.empty();
  }

  /** Whether a host that is listed may have an address. */
  boolean allows(String host, InetAddress address) {
    if (AddressRange.isPublic(address)
        || privateRanges.stream().anyMatch(range -> range.contains(address))) {
      return true;
    }
    boolean named = hosts.stream().anyMatch(pattern -> pattern.namesExactly(host));
    return named && (host.equals("localhost") ? address.isLoopbackAddress() : isLiteral(host));
  }

  private static boolean isLiteral(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
