package dev.bylaw.content;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the phrases by which a text tries to command the model that reads it. A signal, never a
 * proof: each phrase has the score that it earns alone, and people do write about prompts.
 */
final class InjectionDetector implements Detector {
  /** A verb, then one of the objects within a few words. */
  private record Order(Terms verbs, Terms objects, int reach, double score) {}

  private static final List<Order> ORDERS =
      List.of(
          new Order(
              Terms.of(
                  "ignore, disregard, forget, override, bypass, neglect, ignoriere, ignora, ignorez, oublie"),
              Terms.of(
                  "previous instructions, prior instructions, above instructions, all instructions,"
                      + " instructions above, your instructions, earlier instructions, previous"
                      + " prompt, system prompt, your rules, your guidelines, safety guidelines,"
                      + " everything above, previous directions, previous commands, the above,"
                      + " instructions, content policy, restrictions, your training,"
                      + " vorherigen anweisungen, anweisungen, instrucciones, instructions precedentes"),
              6,
              .9),
          new Order(
              Terms.of(
                  "reveal, print, show, repeat, output, leak, display, tell me, give me, dump"),
              Terms.of(
                  "system prompt, hidden prompt, initial instructions, initial prompt, your prompt,"
                      + " your instructions, secret instructions, hidden instructions, developer"
                      + " message, system message, instructions verbatim"),
              6,
              .8),
          new Order(
              Terms.of(
                  "do not tell, don t tell, without telling, do not inform, hide this from, don t mention"),
              Terms.of("user, the user, human, owner, anyone"),
              5,
              .7),
          new Order(
              Terms.of("send, forward, post, upload, exfiltrate, email, transmit"),
              Terms.of(
                  "conversation history, chat history, api keys, all passwords, system prompt,"
                      + " credentials to, secrets to, entire conversation, memory contents"),
              8,
              .7));

  private static final Map<String, Double> PHRASES =
      Stream.of(
              ".85 you are now dan, do anything now, developer mode enabled, jailbreak mode, jailbroken",
              ".7 new instructions are, your new instructions, your new task is, new system prompt, from now on you will, from now on you are, you must now obey, unrestricted ai, no restrictions, without any restrictions, act as if you have no",
              ".6 pretend you are not, you have no rules, end of system prompt, begin system prompt, simulate a shell, opposite mode, god mode, admin override, system override, override code, stay in character no matter")
          .flatMap(line ->
              Stream.of(line.substring(line.indexOf(' ') + 1).split(",\\s*", -1))
                  .map(phrase ->
                      Map.entry(phrase, Double.valueOf(line.substring(0, line.indexOf(' '))))))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  private static final Terms PHRASE_TERMS = Terms.of(List.copyOf(PHRASES.keySet()));
  private static final List<String> MARKS =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<|system|>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "</system>",
          "<|endoftext|>",
          "### System:",
          "### Instruction:",
          "<system>",
          "[system]");

  @Override
  public String name() {
    return "injection";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.PROMPT_INJECTION);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words words = passage.words();
    for (int word = 0; word < words.size(); word++) {
      String phrase = PHRASE_TERMS.at(words, word);
      if (phrase != null) {
        add(words, word, word + spaces(phrase), PHRASES.getOrDefault(phrase, .6), matches);
      }
      for (Order order : ORDERS) {
        String verb = order.verbs.at(words, word);
        if (verb != null) {
          order(words, word, word + spaces(verb), order, matches);
        }
      }
    }
    String text = passage.plain();
    for (String mark : MARKS) {
      for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
        matches.add(
            EntityType.PROMPT_INJECTION, at, at + mark.length(), .7, "mark of a chat template");
      }
    }
  }

  private static void order(Words words, int first, int verb, Order order, Matches matches) {
    for (int word = verb + 1; word < words.size() && word <= verb + order.reach; word++) {
      @Nullable String object = order.objects.at(words, word);
      if (object != null) {
        add(words, first, word + spaces(object), order.score, matches);
        return;
      }
    }
  }

  private static void add(Words words, int first, int last, double score, Matches matches) {
    matches.add(
        EntityType.PROMPT_INJECTION,
        words.start(first),
        words.end(Math.min(last, words.size() - 1)),
        score,
        "phrase that commands a model");
  }

  private static int spaces(String term) {
    return (int) term.chars().filter(c -> c == ' ').count();
  }
}
