package dev.bylaw.cli;

import dev.bylaw.runtime.BylawException;
import dev.bylaw.store.StoreUnavailable;
import dev.bylaw.store.Trouble;
import dev.bylaw.syntax.Diagnostic;
import dev.bylaw.syntax.DiagnosticsException;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a command came to nothing: sentences and carets for people, {@code {"errors": […]}} for
 * scripts; always beside the output, which belongs to what a command was asked for.
 */
final class Complaint {
  private Complaint() {}

  /** Tells what went wrong; only a bug of ours has a stack trace. */
  static void tell(Screen screen, Throwable failure, boolean json) {
    Throwable e =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    switch (e) {
      case DiagnosticsException found when json ->
          screen.errorJson(ObjectValue.of("errors", values(found.diagnostics())));
      case DiagnosticsException found -> screen.diagnostics(found.diagnostics());
      case UsageException told -> sentence(screen, json, "usage", told.getMessage(), "");
      case BylawException told ->
          sentence(screen, json, told.isMisuse() ? "usage" : "failed", told.getMessage(), "");
      case StoreUnavailable told -> sentence(screen, json, "unavailable", told.getMessage(), "");
      case UncheckedIOException told -> {
        IOException cause = told.getCause();
        String why = cause == null ? "" : " (" + Trouble.reason(cause) + ")";
        sentence(screen, json, "unreadable", told.getMessage() + why, "");
      }
      default -> {
        String bug = "this should not have happened; please report it with what follows";
        sentence(screen, json, "bug", json ? bug + ": " + e : bug, "");
        if (!json) {
          screen.trace(e);
        }
      }
    }
  }

  /** Tells that the arguments are wrong, and where to read what they may be. */
  static void usage(Screen screen, String message, String hint, boolean json) {
    sentence(screen, json, "usage", message, hint);
  }

  private static void sentence(
      Screen screen, boolean json, String code, @Nullable String told, String hint) {
    String message = String.valueOf(told);
    if (json) {
      Value error =
          ObjectValue.builder(4)
              .put("severity", "error")
              .put("code", code)
              .put("message", message)
              .put("hint", hint)
              .build();
      screen.errorJson(ObjectValue.of("errors", ArrayValue.of(List.of(error))));
      return;
    }
    screen.error("bylaw: " + message);
    if (!hint.isEmpty()) {
      screen.error("  " + hint);
    }
  }

  /** Diagnostics for scripts: severity, code, message, hint, file, line and column of each. */
  static ArrayValue values(List<Diagnostic> diagnostics) {
    return ArrayValue.of(diagnostics.stream().map(Complaint::value).toList());
  }

  private static Value value(Diagnostic each) {
    return ObjectValue.builder(8)
        .put("severity", each.severity().name().toLowerCase(Locale.ROOT))
        .put("code", each.code())
        .put("message", each.message())
        .put("hint", each.hint())
        .put("file", each.span().source().name())
        .put("line", NumberValue.of(each.span().position().line()))
        .put("column", NumberValue.of(each.span().position().column()))
        .build();
  }
}
