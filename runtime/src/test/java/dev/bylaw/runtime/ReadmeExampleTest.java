package dev.bylaw.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bylaw.store.log.LogName;
import dev.bylaw.store.log.LogRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that the README opens with is compiled as it stands there, and run. */
class ReadmeExampleTest {
  private static final String CLASS =
      """
      import dev.bylaw.policy.request.ActionRequest;
      import dev.bylaw.runtime.Bylaw;
      import dev.bylaw.runtime.decide.DecisionDesk.Outcome;
      import dev.bylaw.value.*;
      import java.nio.file.Path;

      public class Example implements java.util.concurrent.Callable<String> {
        @Override
        public String call() throws Exception {
          EXAMPLE
          return "ran";
        }
      }
      """;

  @TempDir Path folder;

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

  private static String example() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int start = readme.indexOf("```java\n");
    assertThat(start).as("the README has an example in Java").isNotNegative();
    return readme.substring(start + 8, readme.indexOf("\n```", start));
  }

  private void compile(String example) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    List<JavaFileObject> sources = List.of(new Text(CLASS.replace("EXAMPLE", example)));
    List<String> options =
        List.of(
            "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    boolean compiled = compiler.getTask(said, null, null, options, null, sources).call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  @Test
  void theExampleOfTheReadmeCompilesAndRuns() throws Exception {
    Path dir = Acme.in(folder);
    String example = example();
    assertThat(example).contains("Path.of(\"acme\")");
    assertThat(example.lines().count()).isLessThanOrEqualTo(12);
    compile(example.replace("Path.of(\"acme\")", "Path.of(\"" + dir + "\")"));

    var loaders = new URL[] {folder.toUri().toURL()};
    try (var loader = new URLClassLoader(loaders, Bylaw.class.getClassLoader())) {
      var made = loader.loadClass("Example").getDeclaredConstructor().newInstance();
      assertThat(((Callable<?>) made).call()).isEqualTo("ran");
    }

    try (var bylaw = Acme.open(dir, new Acme.Clock())) {
      assertThat(bylaw.audit().verify(Optional.empty()).findings()).isEmpty();
      assertThat(bylaw.audit().latest(LogName.POLICY, 100))
          .extracting(LogRecord::event)
          .contains("policy_decision", "outcome_reported");
    }
  }
}
