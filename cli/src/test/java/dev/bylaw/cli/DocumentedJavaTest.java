package dev.bylaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.bylaw.runtime.Bylaw;
import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples in Java of the documentation are compiled as they stand there, and run. */
class DocumentedJavaTest {
  private static final String CLASS =
      """
      import dev.bylaw.policy.decision.Decision;
      import dev.bylaw.policy.request.ActionRequest;
      import dev.bylaw.runtime.Bylaw;
      import dev.bylaw.runtime.decide.DecisionDesk.Outcome;
      import dev.bylaw.syntax.Source;
      import dev.bylaw.value.*;
      import java.nio.file.Path;
      import java.util.*;

      public class Example implements java.util.concurrent.Callable<Object> {
        void send(ObjectValue params) {}

        @Override
        public Object call() throws Exception {
          BEFORE
          EXAMPLE
          AFTER
        }
      }
      """;

  /**
   * What an example leaves to its reader.
   *
   * @param imports more of them
   * @param before what it speaks of and does not show
   * @param after what it has come to, as {@code return}
   * @param came the value of that
   */
  private record Frame(String imports, String before, String after, Object came) {}

  private static final String REGO =
      """
      import dev.bylaw.rego.*;
      import dev.bylaw.rego.partial.*;
      """;

  /** By page, in the order of its examples. */
  private static final Map<String, List<Frame>> FRAMES =
      Map.of(
          "README.md",
          List.of(new Frame("", "", "return \"ran\";", "ran")),
          "docs/guide.md",
          List.of(
              new Frame(
                  "",
                  """
                  var params = ObjectValue.of(
                      "to", StringValue.of("ada@example.com"), "body", StringValue.of("Hi"));
                  """,
                  "return \"ran\";",
                  "ran")),
          "docs/reference/cedar.md",
          List.of(
              new Frame(
                  """
                  import dev.bylaw.cedar.authorize.*;
                  import dev.bylaw.cedar.entity.*;
                  import dev.bylaw.cedar.policy.*;
                  import dev.bylaw.cedar.schema.*;
                  import dev.bylaw.cedar.value.*;
                  """,
                  """
                  var text = "entity User; entity Photo { owner: User };"
                      + "action view appliesTo { principal: User, resource: Photo };";
                  var json = "[{\\"uid\\": {\\"type\\": \\"Photo\\", \\"id\\": \\"p\\"}, \\"parents\\": [],"
                      + "\\"attrs\\": {\\"owner\\": {\\"__entity\\": {\\"type\\": \\"User\\", \\"id\\": \\"alice\\"}}}}]";
                  """,
                  "return answer.decision().name();",
                  "ALLOW")),
          "docs/reference/rego.md",
          List.of(
              new Frame(
                  REGO,
                  """
                  var text = "package example\\nallow if input.user == \\"alice\\"";
                  Value input = ObjectValue.of("user", StringValue.of("alice"));
                  """,
                  "return answer.orElseThrow().toString();",
                  "true"),
              new Frame(
                  REGO,
                  """
                  var text = "package p\\nallow if input.user == \\"alice\\"";
                  Policy policy = Policy.compile(List.of(Source.of("p.rego", text)), Options.standard());
                  """,
                  "return left.queries().size();",
                  1)));

  @TempDir private Path folder = Path.of("");

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String text) {
      super(URI.create("string:///Example.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleInJavaCompilesAndRuns() {
    return Fence.pages().stream()
        .flatMap(page -> {
          List<Fence> examples =
              Fence.in("java").stream().filter(it -> it.page().equals(page)).toList();
          List<Frame> frames = FRAMES.getOrDefault(page, List.of());
          assertThat(frames).as("frames for the examples of " + page).hasSameSizeAs(examples);
          return IntStream.range(0, examples.size())
              .mapToObj(i ->
                  dynamicTest(
                      examples.get(i).place(),
                      () ->
                          assertThat(run(examples.get(i).text(), frames.get(i)))
                              .isEqualTo(frames.get(i).came())));
        });
  }

  /** What an example comes to, with the identities it names made first. */
  private Object run(String example, Frame frame) throws Exception {
    Path dir = Files.createTempDirectory(folder, "example");
    Examples.write("acme", dir.resolve("acme"));
    Examples.write("starter", dir.resolve("my-agents"));
    return run(example, frame, dir);
  }

  private static Object run(String example, Frame frame, Path dir) throws Exception {
    compile(
        frame.imports()
            + CLASS
                .replace("BEFORE", frame.before())
                .replace("EXAMPLE", example.replace("Path.of(\"", "Path.of(\"" + dir + "/"))
                .replace("AFTER", frame.after()),
        dir);
    var loaders = new URL[] {dir.toUri().toURL()};
    try (var loader = new URLClassLoader(loaders, Bylaw.class.getClassLoader())) {
      var made = loader.loadClass("Example").getDeclaredConstructor().newInstance();
      return ((Callable<?>) made).call();
    }
  }

  private static void compile(String source, Path dir) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    List<JavaFileObject> sources = List.of(new Text(source));
    List<String> options =
        List.of("-d", dir.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    boolean compiled = compiler.getTask(said, null, null, options, null, sources).call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  @Test
  void theExampleOfTheReadmeIsShortAndLeavesItsDecisionInTheLog() throws Exception {
    Fence example = Fence.in("java").getFirst();
    assertThat(example.page()).isEqualTo("README.md");
    assertThat(example.text().lines().count()).isLessThanOrEqualTo(12);
    Examples.write("acme", folder.resolve("acme"));
    Object _ = run(example.text(), FRAMES.getOrDefault("README.md", List.of()).getFirst(), folder);
    try (var bylaw = Bylaw.open(folder.resolve("acme"))) {
      assertThat(bylaw.audit().verify(Optional.empty()).findings()).isEmpty();
      assertThat(bylaw.audit().latest(LogName.POLICY, 100))
          .extracting(LogRecord::event)
          .contains("policy_decision", "outcome_reported");
    }
  }
}
