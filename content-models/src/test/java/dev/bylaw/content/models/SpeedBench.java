package dev.bylaw.content.models;

import dev.bylaw.content.Budget;
import dev.bylaw.content.EntityType;
import dev.bylaw.content.Inspector;
import dev.bylaw.content.Topic;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long an inspection takes, on one thread: a support letter of one kilobyte and longer ones,
 * with and without the models, and texts made to be slow. Prints tables; nothing is asserted.
 *
 * <p>Times are processor time of the one thread. Each run uses a fresh inspector, so that nothing
 * is remembered.
 */
public final class SpeedBench {
  private static final String LETTER =
      """
      Hi team, this is Jane Miller from Acme Corp. My order 88412-3345 has not arrived, tracking
      1Z999AA10123456784. You can reach me at jane.miller@example.com or +1 (212) 555-0142 after 5pm.
      The card I used is 4111 1111 1111 1111 exp 12/27, and the billing address is 12 Main Street,
      Springfield, IL 62704. My SSN is 536-22-8726 in case the bank asks. IBAN DE89 3704 0044 0532
      0130 00, BIC DEUTDEFF. The server log showed 192.168.4.11 at 12:30:45 with build 1.2.3.4 and
      request id 550e8400-e29b-41d4-a716-446655440000. Please confirm that the refund of $1,234.56
      will arrive before 2025-05-17, since I leave for Chicago on Monday with my colleague Omar
      Hassan. I have already talked to three people on your hotline, and nobody could tell me where
      the parcel is. The product is great, by the way, and the documentation helped me a lot with the
      setup. If you need anything else from me, just write a short mail and I will answer as soon as
      I can. Kind regards, Jane. PS: my colleague's number is 020 7946 0958 and his mail is omar@b.eu.
      """;
  private static final Set<EntityType> TEN =
      Set.of(
          EntityType.EMAIL,
          EntityType.PHONE,
          EntityType.SSN,
          EntityType.CREDIT_CARD,
          EntityType.IBAN,
          EntityType.IP_ADDRESS,
          EntityType.PASSPORT,
          EntityType.ROUTING_NUMBER,
          EntityType.BANK_ACCOUNT,
          EntityType.API_KEY);

  private SpeedBench() {}

  public static void main(String[] arguments) {
    String kilobyte = LETTER.substring(0, 1024);
    Set<EntityType> all = new HashSet<>(EntityType.all());
    Inspector plain = Inspector.standard();
    long before = System.nanoTime();
    Inspector models = plain.with(NerDetector.standard());
    models.inspect("Jane", Set.of(EntityType.PERSON));
    System.out.printf("first use of the model for names: %d ms%n", millis(before));
    before = System.nanoTime();
    MeaningTopics.standard().judge("Jane", Topic.standard().subList(0, 1));
    System.out.printf("first use of the model for topics: %d ms%n%n", millis(before));
    System.out.println("| what | characters | p50 ms | p95 ms |");
    System.out.println("|---|---|---|---|");
    run("ten types", plain, kilobyte, TEN, 4000);
    run("all types", plain, kilobyte, all, 4000);
    run("all types and names", models, kilobyte, all, 300);
    topics(kilobyte);
    for (int kilobytes : new int[] {10, 100, 1024}) {
      run("all types", plain, kilobyte.repeat(kilobytes), all, 2000 / kilobytes + 3);
    }
    System.out.println();
    System.out.println("| hostile text | characters | ms |");
    System.out.println("|---|---|---|");
    hostile()
        .forEach((name, piece) -> {
          for (int length : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
            String text = piece.repeat(length / piece.length());
            Inspector fresh = plain.with(Budget.STANDARD);
            long start = cpuTime();
            fresh.inspect(text, EntityType.personal());
            System.out.printf(
                "| %s | %d | %.1f |%n", name, text.length(), (cpuTime() - start) / 1e6);
          }
        });
  }

  private static Map<String, String> hostile() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("digits apart", "1 ");
    texts.put("groups of a card", "4111 ");
    texts.put("digits and phone words", "call 1 2 3 4 5 6 7 8 9 0 ");
    texts.put("signs of mail", "a@");
    texts.put("schemes", "://");
    texts.put("humps", "aA");
    texts.put("percent escapes", "%41");
    texts.put("invisible characters", "\u200b");
    texts.put("look-alikes", "\u0410\u0412");
    texts.put("one word", "A");
    texts.put("combining marks", "e\u0301");
    return texts;
  }

  private static void topics(String text) {
    List<Topic> topics = Topic.standard();
    long[] times = new long[40];
    for (int i = 0; i < times.length; i++) {
      long start = cpuTime();
      MeaningTopics.standard().judge(text, topics);
      times[i] = cpuTime() - start;
    }
    print("nine topics by meaning", text.length(), times);
  }

  private static void run(
      String name, Inspector inspector, String text, Set<EntityType> types, int runs) {
    long[] times = new long[runs];
    for (int i = 0; i < runs; i++) {
      Inspector fresh = inspector.with(Budget.STANDARD);
      long start = cpuTime();
      fresh.inspect(text, types);
      times[i] = cpuTime() - start;
    }
    // The first half warms the compiler up.
    print(name, text.length(), Arrays.copyOfRange(times, runs / 2, runs));
  }

  private static void print(String name, int characters, long[] times) {
    Arrays.sort(times);
    System.out.printf(
        "| %s | %d | %.2f | %.2f |%n",
        name, characters, times[times.length / 2] / 1e6, times[(int) (times.length * .95)] / 1e6);
  }

  /** Processor time of this thread, which other work on the machine does not change. */
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** By the clock on the wall: a load has threads of its own. */
  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }
}
