package dev.bylaw.policy.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of hosts: {@code api.example.com}, {@code *.example.com} (every name below, not the name
 * itself), {@code api.example.com:8443}, {@code 10.0.0.0/8}. Immutable; looked up in constant time,
 * but for networks.
 */
public final class HostList {
  private final Set<String> hosts = new HashSet<>();
  private final Set<String> below = new HashSet<>();
  private final List<Network> networks = new ArrayList<>();

  private HostList() {}

  /** The addresses that begin with some bits. */
  private static final class Network {
    private final byte[] octets;
    private final int bits;

    Network(byte[] octets, int bits) {
      this.octets = octets;
      this.bits = bits;
    }

    boolean holds(byte[] address) {
      if (address.length != octets.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (octets[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads a list.
   *
   * @throws Unreadable for the first entry that is none
   */
  public static HostList of(List<String> entries) throws Unreadable {
    HostList list = new HostList();
    for (String entry : entries) {
      list.add(entry.strip());
    }
    return list;
  }

  private void add(String entry) throws Unreadable {
    Network network = network(entry);
    if (network != null) {
      networks.add(network);
    } else if (entry.startsWith("*.")) {
      HostName name = HostName.of(entry.substring(2));
      below.add(name.toString());
    } else {
      if (entry.indexOf('*') >= 0) {
        throw new Unreadable(
            "`"
                + HostName.shorten(entry)
                + "`: a star stands for whole names in front, as in `*.example.com`");
      }
      hosts.add(HostName.of(entry).toString());
    }
  }

  private static @Nullable Network network(String entry) {
    int slash = entry.indexOf('/');
    if (slash < 0 || !entry.substring(slash + 1).matches("[0-9]{1,3}")) {
      return null;
    }
    String address = entry.substring(0, slash);
    byte[] octets = IpAddress.v4(address);
    if (octets == null) {
      octets = IpAddress.v6(address);
    }
    int bits = Integer.parseInt(entry.substring(slash + 1));
    return octets == null || bits > octets.length * 8 ? null : new Network(octets, bits);
  }

  /**
   * Whether a host is on the list.
   *
   * @param anyPort whether an entry without a port stands for every port: so it is where hosts are
   *     denied; where they are allowed it stands for the scheme's own port only
   */
  public boolean holds(HostName host, boolean anyPort) {
    String suffix = host.port() < 0 ? "" : ":" + host.port();
    if (holds(host.name(), suffix) || (anyPort && !suffix.isEmpty() && holds(host.name(), ""))) {
      return true;
    }
    if (networks.isEmpty()) {
      return false;
    }
    byte[] octets = IpAddress.octets(host.name());
    return octets != null && networks.stream().anyMatch(network -> network.holds(octets));
  }

  private boolean holds(String name, String port) {
    if (hosts.contains(name + port)) {
      return true;
    }
    if (below.isEmpty()) {
      return false;
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (below.contains(name.substring(dot + 1) + port)) {
        return true;
      }
    }
    return false;
  }
}
