package dev.bylaw.actions.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The look-up of the tests' JVM: names below {@code .test} answer as a test says, in order. */
public final class ScriptedNames extends CheckedNames {
  private static final Map<String, List<String>> ANSWERS = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();

  /** What a name answers, an address each time it is asked; the last one for good. */
  static void script(String host, String... addresses) {
    ASKED.put(host, new AtomicInteger());
    ANSWERS.put(host, List.of(addresses));
  }

  static int asked(String host) {
    return ASKED.getOrDefault(host, new AtomicInteger()).get();
  }

  @Override
  protected InetAddressResolver names(Configuration configuration) {
    InetAddressResolver real = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        List<String> answers = ANSWERS.get(host);
        AtomicInteger asked = ASKED.get(host);
        if (answers == null || asked == null) {
          return real.lookupByName(host, policy);
        }
        int time = Math.min(asked.getAndIncrement(), answers.size() - 1);
        InetAddress address = InetAddress.ofLiteral(answers.get(time));
        return Stream.of(InetAddress.getByAddress(host, address.getAddress()));
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return real.lookupByAddress(address);
      }
    };
  }
}
