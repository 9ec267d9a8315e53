package dev.bylaw.actions.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The look-up of names of the whole JVM, with the lists of hosts in its way: while a call to a name
 * is made, the name gives no address that the call's list refuses. So what was checked is what is
 * connected to, whatever the name's servers answer the second time and however long the JDK keeps
 * an answer.
 *
 * <p>{@code java.net.http} looks names up by itself and cannot be handed an address without losing
 * the name for TLS, which is why this is at the JVM's own place for it ({@link
 * InetAddressResolverProvider}). Names that no call is made to are looked up as ever.
 */
public class CheckedNames extends InetAddressResolverProvider {
  private static final int MANY = 1_024;

  /**
   * For each name the lists that calls to it pass, with the nano time at which each call is over.
   */
  private static final Map<String, Map<Outbound, Long>> HELD = new ConcurrentHashMap<>();

  private static volatile boolean installed;

  /** Whether the JVM looks names up here; told after the first look-up. */
  static boolean installed() {
    return installed;
  }

  /** From now to a nano time, a name gives only addresses that a list allows. */
  static void hold(String host, Outbound outbound, long until) {
    if (HELD.size() >= MANY) {
      long now = System.nanoTime();
      HELD.values().removeIf(lists -> lists.values().stream().allMatch(end -> end - now < 0));
    }
    HELD.compute(
        key(host),
        (_, before) -> {
          long now = System.nanoTime();
          Map<Outbound, Long> lists = new HashMap<>(before == null ? Map.of() : before);
          lists.values().removeIf(end -> end - now < 0);
          lists.merge(outbound, until, (one, other) -> one - other > 0 ? one : other);
          return Map.copyOf(lists);
        });
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    installed = true;
    return new Checked(names(configuration));
  }

  /** Who is asked: the JDK's own look-up. */
  protected InetAddressResolver names(Configuration configuration) {
    return configuration.builtinResolver();
  }

  @Override
  public String name() {
    return "bylaw";
  }

  private static String key(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private record Checked(InetAddressResolver names) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      // The lists are read after the answer: a look-up that began before a call may end in it.
      List<InetAddress> answer = names.lookupByName(host, policy).toList();
      Map<Outbound, Long> lists = HELD.getOrDefault(key(host), Map.of());
      long now = System.nanoTime();
      for (var list : lists.entrySet()) {
        if (list.getValue() - now >= 0
            && answer.stream().anyMatch(address -> !list.getKey().allows(key(host), address))) {
          throw new UnknownHostException(host + " leads to an address that is not allowed");
        }
      }
      return answer.stream();
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return names.lookupByAddress(address);
    }
  }
}
