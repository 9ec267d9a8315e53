package dev.bylaw.policy.rule;

import dev.bylaw.content.EntityType;
import dev.bylaw.expression.Expression;
import dev.bylaw.policy.approval.ApprovalTerms;
import dev.bylaw.policy.data.ListRef;
import dev.bylaw.policy.language.CompiledPolicy;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a rule demands: one record for each kind of rule. */
public sealed interface RuleBody {

  /** The name of the kind: the key of the rule in its pack. */
  String type();

  /**
   * {@code require} must be true, {@code forbid} must be false.
   *
   * @param require which of the two
   */
  record Condition(boolean require, Expression expression) implements RuleBody {
    @Override
    public String type() {
      return require ? "require" : "forbid";
    }
  }

  /**
   * A limit on one number of the request, from a JSON policy.
   *
   * @param key as written: {@code amount_max}
   */
  record Bound(String key, FieldPath field, Relation relation, BigDecimal limit)
      implements RuleBody {
    @Override
    public String type() {
      return "constraints";
    }

    /** How the number stands to its limit. */
    public enum Relation {
      MAX,
      MIN,
      BELOW,
      ABOVE
    }
  }

  /** A limit over time. See {@link CapSpec}. */
  record Cap(CapSpec spec) implements RuleBody {
    @Override
    public String type() {
      return "cap";
    }
  }

  /**
   * Only what is on a list is allowed, or what is on it is denied.
   *
   * @param allow which of the two
   * @param subject what is looked up
   * @param fields where it is in a request; for a host or recipient empty for the usual places
   * @param list what it is looked up in
   * @param key of the rule in its pack: {@code allow}, {@code deny}, {@code sharing}, …
   */
  record Listed(boolean allow, Subject subject, List<FieldPath> fields, ListRef list, String key)
      implements RuleBody {
    public Listed {
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return key;
    }

    /** What is looked up in a list. */
    public enum Subject {
      ACTION,
      HOST,
      RECIPIENT,
      FIELD
    }
  }

  /**
   * What may be attached.
   *
   * @param field where attachments are
   * @param maxSize bytes of one; -1 for any
   * @param maxTotal bytes of all; -1 for any
   * @param maxCount how many; -1 for any
   * @param kinds which kinds may not be attached
   * @param extensions which file endings may not be, lower case, without dot
   * @param allowed the only endings that may be; empty for all
   */
  record Attachments(
      FieldPath field,
      long maxSize,
      long maxTotal,
      int maxCount,
      Set<FileKind> kinds,
      Set<String> extensions,
      Set<String> allowed)
      implements RuleBody {
    public Attachments {
      kinds = Set.copyOf(kinds);
      extensions = Set.copyOf(extensions);
      allowed = Set.copyOf(allowed);
    }

    @Override
    public String type() {
      return "attachments";
    }
  }

  /**
   * Personal data or secrets in what an action carries.
   *
   * @param secrets whether it is about secrets
   * @param forbid what may not be there
   * @param everything whether {@code forbid} is all that can be found, so that what no detector can
   *     see is not asked for
   * @param redact what is made unreadable
   * @param keepLastFour whether redaction keeps the last four characters
   * @param fields where to look; empty for all parameters
   * @param destination where the action sends to, as far as that matters
   */
  record Contents(
      boolean secrets,
      Set<EntityType> forbid,
      boolean everything,
      Set<EntityType> redact,
      boolean keepLastFour,
      List<FieldPath> fields,
      Optional<Destination> destination)
      implements RuleBody {
    public Contents {
      forbid = Set.copyOf(forbid);
      redact = Set.copyOf(redact);
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return secrets ? "secrets" : "pii";
    }
  }

  /**
   * Where an action sends to.
   *
   * @param inside whether destinations on the list are meant, or those that are not
   * @param list of hosts and mail domains
   */
  record Destination(boolean inside, ListRef list) {}

  /**
   * A text that must stand at the end of a message and is appended where it does not.
   *
   * @param disclaimer whether it is a disclaimer, which comes behind the signature
   * @param text what
   * @param fields where; empty for the usual places
   */
  record Appended(boolean disclaimer, String text, List<FieldPath> fields) implements RuleBody {
    public Appended {
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return disclaimer ? "disclaimer" : "signature";
    }
  }

  /**
   * Words to use and not to use.
   *
   * @param prefer what each word is replaced by
   * @param forbid words that may not be there
   * @param fields where; empty for the usual places
   */
  record Terms(
      TermList prefer, TermList forbid, Map<String, String> replacements, List<FieldPath> fields)
      implements RuleBody {
    public Terms {
      replacements = Map.copyOf(replacements);
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return "terms";
    }
  }

  /**
   * How a message is laid out.
   *
   * @param templates the only templates that may be used; empty for any
   * @param maxLength characters; -1 for any
   * @param before what stands before the text; empty for nothing
   * @param after what stands behind it; empty for nothing
   * @param fields where; empty for the usual places
   */
  record Format(
      Set<String> templates, int maxLength, String before, String after, List<FieldPath> fields)
      implements RuleBody {
    public Format {
      templates = Set.copyOf(templates);
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return "format";
    }
  }

  /**
   * Something that only a classifier can tell of a text: tone, topics, language, injected prompts.
   *
   * @param question what is asked
   * @param labels allowed ones for a tone or language, prohibited ones for topics
   * @param fields where; empty for the usual places
   */
  record Judged(TextClassifier.Question question, Set<String> labels, List<FieldPath> fields)
      implements RuleBody {
    public Judged {
      labels = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(labels));
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return question.key();
    }
  }

  /**
   * How long data are kept.
   *
   * @param keep at most
   * @param field where a request says how long it keeps them
   */
  record Retention(Duration keep, FieldPath field) implements RuleBody {
    @Override
    public String type() {
      return "retention";
    }
  }

  /**
   * When, where to and in which form data are exported.
   *
   * @param windows when; empty for any time
   * @param destinations where to; empty for anywhere
   * @param formats in which form; empty for any
   */
  record Export(List<TimeWindow> windows, Optional<ListRef> destinations, Set<String> formats)
      implements RuleBody {
    public Export {
      windows = List.copyOf(windows);
      formats = Set.copyOf(formats);
    }

    @Override
    public String type() {
      return "export";
    }
  }

  /**
   * Hours of some days of the week.
   *
   * @param days which
   * @param from inclusive
   * @param to exclusive; before {@code from} for the next morning; midnight for the day's end
   * @param zone whose; empty for the identity's
   */
  record TimeWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, Optional<ZoneId> zone) {
    public TimeWindow {
      days = Set.copyOf(days);
    }
  }

  /**
   * Who is asked, and whether people must be asked at all.
   *
   * @param terms who, how many, how long
   * @param required whether the actions need an approval, whatever other rules say
   * @param severity violations from which people are asked, even where they would only be warned of
   */
  record Escalation(
      ApprovalTerms terms, boolean required, Optional<dev.bylaw.policy.Severity> severity)
      implements RuleBody {
    @Override
    public String type() {
      return "approval";
    }
  }

  /**
   * A policy in another language.
   *
   * @param language its name
   * @param digest of the texts that the policy is made of
   */
  record Foreign(String language, CompiledPolicy policy, String digest) implements RuleBody {
    @Override
    public String type() {
      return language;
    }
  }
}
