package dev.bylaw.cedar.command;

import dev.bylaw.cedar.json.Json;
import dev.bylaw.cedar.json.JsonWriter;
import dev.bylaw.cedar.text.Place;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * What a command has to say about its inputs.
 *
 * @param severity how bad it is
 * @param message what failed
 * @param cause why, where no diagnostics tell it; may be empty
 * @param diagnostics why, each at its place
 */
public record Trouble(
    Severity severity, String message, String cause, List<Diagnostic> diagnostics) {
  /** How bad it is. */
  public enum Severity {
    ERROR("×"),
    WARNING("⚠"),
    ADVICE("☞");

    private final String mark;

    Severity(String mark) {
      this.mark = mark;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Trouble {
    diagnostics = List.copyOf(diagnostics);
  }

  /** An error with a reason in words. */
  public static Trouble of(String message, String cause) {
    return new Trouble(Severity.ERROR, message, cause, List.of());
  }

  /** An error that diagnostics tell. */
  static Trouble of(String message, List<Diagnostic> diagnostics) {
    return new Trouble(Severity.ERROR, message, "", diagnostics);
  }

  /** A warning of a schema. */
  static Trouble ofSchema(Diagnostic warning) {
    return new Trouble(Severity.WARNING, warning.message(), "", List.of(warning));
  }

  /** The same as the reason why something else failed. */
  Trouble within(String what) {
    return new Trouble(
        severity, what, cause.isEmpty() ? message : message + ": " + cause, diagnostics);
  }

  /** The same under what its diagnostics amount to. */
  Trouble under(Function<List<Diagnostic>, String> headline) {
    return diagnostics.isEmpty()
        ? new Trouble(severity, cause, "", diagnostics)
        : new Trouble(severity, headline.apply(diagnostics), cause, diagnostics);
  }

  /** The trouble in a format, with a line break at the end. */
  String text(ErrorFormat format) {
    return switch (format) {
      case HUMAN -> human();
      case PLAIN -> plain();
      case JSON -> JsonWriter.compact(json()) + "\n";
    };
  }

  private String human() {
    var out =
        new StringBuilder("  ").append(severity.mark).append(' ').append(Headline.wrapped(message));
    out.append('\n');
    if (!cause.isEmpty()) {
      out.append("  ╰─▶ ").append(cause).append('\n');
    }
    diagnostics.forEach(each -> out.append(each.render()).append('\n'));
    return out.toString();
  }

  private String plain() {
    var out = new StringBuilder(message).append("\n    Diagnostic severity: ");
    out.append(severity.word()).append('\n');
    if (!cause.isEmpty()) {
      out.append("    Caused by: ").append(cause).append('\n');
    }
    for (Diagnostic each : diagnostics) {
      out.append("    Caused by: ").append(each.span()).append(": ").append(each.message());
      out.append('\n');
      if (!each.hint().isEmpty()) {
        out.append("diagnostic help: ").append(each.hint()).append('\n');
      }
    }
    return out.toString();
  }

  /** The first diagnostic is the cause, the others are related to it. */
  private Json json() {
    SequencedMap<String, Json> out = new LinkedHashMap<>();
    out.put("message", text(message));
    out.put("severity", text(severity.word()));
    if (diagnostics.isEmpty()) {
      out.put("causes", array(cause.isEmpty() ? List.of() : List.of(text(cause))));
      out.put("labels", array(List.of()));
      out.put("related", array(List.of()));
      return new Json.Obj(out, Place.NONE);
    }
    Diagnostic first = diagnostics.getFirst();
    out.put("causes", array(List.of(text(first.message()))));
    place(first, out);
    List<Json> related = new ArrayList<>();
    for (Diagnostic each : diagnostics.subList(1, diagnostics.size())) {
      SequencedMap<String, Json> one = new LinkedHashMap<>();
      one.put("message", text(each.message()));
      one.put("severity", text(each.isError() ? "error" : "warning"));
      one.put("causes", array(List.of()));
      place(each, one);
      one.put("related", array(List.of()));
      related.add(new Json.Obj(one, Place.NONE));
    }
    out.put("related", array(related));
    return new Json.Obj(out, Place.NONE);
  }

  private static void place(Diagnostic diagnostic, SequencedMap<String, Json> out) {
    if (!diagnostic.hint().isEmpty()) {
      out.put("help", text(diagnostic.hint()));
    }
    Span span = diagnostic.span();
    out.put("filename", text(span.source().name()));
    SequencedMap<String, Json> place = new LinkedHashMap<>();
    String source = span.source().text();
    place.put("offset", number(bytes(source.substring(0, span.start()))));
    place.put("length", number(bytes(source.substring(span.start(), span.end()))));
    SequencedMap<String, Json> label = new LinkedHashMap<>();
    label.put("span", new Json.Obj(place, Place.NONE));
    out.put("labels", array(List.of(new Json.Obj(label, Place.NONE))));
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Json text(String text) {
    return new Json.Str(text, Place.NONE);
  }

  private static Json number(long number) {
    return new Json.Int(number, Place.NONE);
  }

  private static Json array(List<Json> elements) {
    return new Json.Arr(elements, Place.NONE);
  }
}
