package dev.bylaw.runtime.content;

import dev.bylaw.actions.http.ChatJudge;
import dev.bylaw.actions.http.Endpoint;
import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.content.ContentJudge;
import dev.bylaw.document.Fields;
import dev.bylaw.document.Node;
import dev.bylaw.syntax.Diagnostics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Reads where a language model is that judges what topics and tone are unsure of.
 *
 * <pre>{@code
 * judge:
 *   url: https://api.example.com/v1/chat/completions
 *   model: small-model
 *   key_env: JUDGE_KEY      # the environment variable of the key; none without it
 *   timeout_seconds: 5      # of a whole question, 1 to 30
 * }</pre>
 */
final class JudgeReader {
  private static final String BAD_JUDGE = "E0715";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  private JudgeReader() {}

  /** The judge; empty where something is wrong, which is told. Calls nobody. */
  static Optional<ContentJudge> read(Fields fields) {
    Diagnostics diagnostics = fields.diagnostics();
    String url = fields.requiredText("url");
    String model = fields.requiredText("model");
    Optional<String> variable = fields.text("key_env");
    int seconds = fields.integer("timeout_seconds", 1, 30, 5);
    fields.refuseUnknown();
    if (variable.isPresent() && !variable.get().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      Node node = fields.node("key_env").orElseThrow();
      diagnostics.error(
          BAD_JUDGE,
          node.span(),
          "expected the name of an environment variable",
          "the key itself stands in the environment, as in `key_env: JUDGE_KEY`");
      return Optional.empty();
    }
    if (url.isEmpty() || model.isEmpty()) {
      return Optional.empty();
    }
    Node node = fields.node("url").orElseThrow();
    try {
      Endpoint endpoint = Endpoint.parse(url);
      if (endpoint.scheme().equals("http") && !THIS_MACHINE.contains(endpoint.host())) {
        diagnostics.error(
            BAD_JUDGE,
            node.span(),
            "texts to judge would go over the network without encryption",
            "use `https`; `http` is for this machine, as in `http://localhost:8080/…`");
        return Optional.empty();
      }
      return Optional.of(
          new ChatJudge(
              endpoint,
              model,
              () -> variable.flatMap(JudgeReader::key),
              Duration.ofSeconds(seconds)));
    } catch (MalformedEndpointException e) {
      diagnostics.error(BAD_JUDGE, node.span(), e.reason());
      return Optional.empty();
    }
  }

  private static Optional<String> key(String variable) {
    return Optional.ofNullable(System.getenv(variable)).filter(key -> !key.isEmpty());
  }
}
