package dev.bylaw.actions.http;

import java.util.List;
import java.util.Optional;

/**
 * The approved vendors.
 *
 * @param all each with the hosts that are its own
 */
public record Vendors(List<Vendor> all) {
  /** No vendor at all. */
  public static final Vendors NONE = new Vendors(List.of());

  /**
   * One of them.
   *
   * @param name its name in {@code bylaw.yaml}
   * @param hosts where it is reached
   */
  public record Vendor(String name, List<HostPattern> hosts) {
    public Vendor {
      hosts = List.copyOf(hosts);
    }

    /**
     * A vendor with hosts from texts.
     *
     * @throws IllegalArgumentException if one is no pattern
     */
    public static Vendor of(String name, List<String> hosts) {
      return new Vendor(name, hosts.stream().map(HostPattern::parse).toList());
    }
  }

  public Vendors {
    all = List.copyOf(all);
  }

  /** The vendor that an endpoint belongs to, by its scheme, whole host and port. */
  public Optional<Vendor> owner(Endpoint endpoint) {
    return all.stream()
        .filter(vendor -> vendor.hosts().stream().anyMatch(pattern -> pattern.matches(endpoint)))
        .findFirst();
  }
}
