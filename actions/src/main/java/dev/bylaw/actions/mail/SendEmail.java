package dev.bylaw.actions.mail;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionOutcome.Effect;
import dev.bylaw.playbook.action.ActionOutcome.Failed;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.playbook.template.TemplateException;
import dev.bylaw.syntax.DidYouMean;
import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.NumberValue;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code send_email}: one mail to all its recipients or to none.
 *
 * @param server where mail goes; empty if none is configured
 * @param templates gives them by name, as they are at the time of a call
 * @param clock for the mail's date
 */
public record SendEmail(
    Optional<MailServer> server, Supplier<MailTemplates> templates, InstantSource clock)
    implements Action {
  @Override
  public ActionSpec spec() {
    return ActionTable.SEND_EMAIL;
  }

  /** Fills the template: recipients, subject and text stand in the parameters afterwards. */
  @Override
  public Prepared prepare(ObjectValue params, ObjectValue inputs) {
    ObjectValue whole = params;
    @Nullable MailTemplate template = templates.get().byName().get(params.text("template"));
    if (template != null) {
      Value given = params.get("data");
      ObjectValue data = given instanceof ObjectValue object ? object : inputs;
      try {
        whole = template.fill(params, data);
      } catch (TemplateException _) {
        // Tried again in `perform`, which can say why.
        whole = params.with("data", data);
      }
    }
    return new Prepared(whole, recipients(whole));
  }

  private static List<Resource> recipients(ObjectValue params) {
    List<Resource> recipients = new ArrayList<>();
    for (String name : List.of("to", "cc", "bcc")) {
      for (String text : texts(params.get(name))) {
        try {
          String address = String.valueOf(Draft.address(text).getAddress());
          recipients.add(new Resource("recipient", address.toLowerCase(Locale.ROOT)));
        } catch (AddressException | UnsupportedEncodingException _) {
          // `perform` refuses it.
        }
      }
    }
    return recipients;
  }

  private static List<String> texts(@Nullable Value value) {
    return switch (value) {
      case StringValue text -> List.of(text.text());
      case ArrayValue list ->
          list.elements().stream()
              .filter(StringValue.class::isInstance)
              .map(element -> ((StringValue) element).text())
              .toList();
      case null, default -> List.of();
    };
  }

  @Override
  public ActionOutcome perform(ActionCall call) throws InterruptedException {
    if (server.isEmpty()) {
      return Failed.before("not_configured", "no mail server is configured");
    }
    Params first = Params.of(spec(), call.params());
    String name = first.text("template");
    @Nullable MailTemplate template = templates.get().byName().get(name);
    if (template == null && !name.isEmpty()) {
      String hint = DidYouMean.hint(name, templates.get().byName().keySet());
      first.wrong("there is no mail template of that name" + (hint.isEmpty() ? "" : ", " + hint));
    }
    if (first.problem().isPresent()) {
      return first.problem().get();
    }
    ObjectValue whole = call.params();
    if (template != null && !template.isFilledIn(whole)) {
      try {
        whole = template.fill(whole, first.object("data"));
      } catch (TemplateException e) {
        return Failed.before(
            Params.BAD_PARAMS, "the mail template cannot be filled: " + e.getMessage());
      }
    }
    Params params = Params.of(spec(), whole);
    Draft draft = Draft.of(params);
    return params.problem().isPresent() ? params.problem().get() : send(call, draft);
  }

  private ActionOutcome send(ActionCall call, Draft draft) throws InterruptedException {
    MailServer target = server.orElseThrow();
    try {
      Session session = target.session(call.timeout());
      InternetAddress from = Draft.address(target.from());
      KeyedMessage message = draft.message(session, from, call.idempotencyKey(), clock.instant());
      Optional<MailServer.Failure> failure = target.send(session, message, call.timeout());
      return failure
          .<ActionOutcome>map(why ->
              new Failed(
                  why.code(),
                  why.message(),
                  why.retryable(),
                  why.possible() ? Effect.POSSIBLE : Effect.NONE,
                  ObjectValue.of("message_id", StringValue.of(message.id()))))
          .orElseGet(() ->
              new Done(
                  ObjectValue.of(
                      "message_id",
                      StringValue.of(message.id()),
                      "recipients",
                      NumberValue.of(draft.recipients()))));
    } catch (AddressException | UnsupportedEncodingException _) {
      return Failed.before("not_configured", "the sender `from` is no mail address");
    } catch (MessagingException _) {
      return Failed.before(Params.BAD_PARAMS, "the mail cannot be written with these parameters");
    }
  }
}
