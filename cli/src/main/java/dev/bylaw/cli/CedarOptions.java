package dev.bylaw.cli;

import dev.bylaw.cedar.command.Inputs;
import dev.bylaw.cedar.command.Question;
import dev.bylaw.cedar.command.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that several commands of {@code bylaw cedar} have, named as in Cedar's own tool. */
final class CedarOptions {
  private CedarOptions() {}

  /** In which of its two formats a text is. */
  enum Format {
    CEDAR,
    JSON
  }

  /** Words that an option takes. */
  abstract static class Words extends ArrayList<String> {
    Words(String... words) {
      super(List.of(words));
    }
  }

  /** Ways to validate; only the first exists. */
  static final class Modes extends Words {
    Modes() {
      super("strict", "permissive", "partial");
    }
  }

  /** Ways to translate policies. */
  static final class PolicyDirections extends Words {
    PolicyDirections() {
      super("cedar-to-json", "json-to-cedar");
    }
  }

  /** Ways to translate schemas. */
  static final class SchemaDirections extends Words {
    SchemaDirections() {
      super("json-to-cedar", "cedar-to-json", "cedar-to-json-with-resolved-types");
    }
  }

  /** Policies and links. */
  static final class Policies {
    @Option(
        names = {"-p", "--policies"},
        paramLabel = "FILE",
        description = "static policies and templates; standard input where it is left out")
    @Nullable Path file;

    @Option(
        names = "--policy-format",
        paramLabel = "POLICY_FORMAT",
        defaultValue = "cedar",
        description = "cedar or json")
    Format format = Format.CEDAR;

    @Option(
        names = {"-k", "--template-linked"},
        paramLabel = "FILE",
        description = "links of templates, as JSON")
    @Nullable Path links;

    /** These policies, from standard input where no file is named. */
    Inputs into(Inputs inputs) {
      Inputs read = alone(inputs);
      return links == null ? read : read.withLinks(CedarFiles.later("links", links));
    }

    /** These policies if a file is named. */
    Inputs ifAny(Inputs inputs) {
      return file == null ? inputs : into(inputs);
    }

    /** The same without links. */
    Inputs alone(Inputs inputs) {
      return format == Format.JSON
          ? inputs.withJsonPolicies(CedarFiles.orInput("JSON policy", file))
          : inputs.withPolicies(CedarFiles.orInput("policy set", file));
    }
  }

  /** A schema. */
  static final class Schema {
    @Option(
        names = {"-s", "--schema"},
        paramLabel = "FILE",
        description = "the schema")
    @Nullable Path file;

    @Option(
        names = "--schema-format",
        paramLabel = "SCHEMA_FORMAT",
        defaultValue = "cedar",
        description = "cedar or json")
    Format format = Format.CEDAR;

    Inputs into(Inputs inputs) {
      if (file == null) {
        return inputs;
      }
      Text text = CedarFiles.later("schema", file);
      return format == Format.JSON ? inputs.withJsonSchema(text) : inputs.withSchema(text);
    }

    /** The schema that a command cannot do without. */
    Inputs wanted(Inputs inputs) {
      if (file == null) {
        throw new UsageException("a schema is wanted: --schema FILE");
      }
      return into(inputs);
    }
  }

  /** A request. */
  static final class Request {
    @Option(
        names = {"-l", "--principal"},
        paramLabel = "PRINCIPAL",
        description = "who, for instance 'User::\"alice\"'")
    @Nullable String principal;

    @Option(
        names = {"-a", "--action"},
        paramLabel = "ACTION",
        description = "what, for instance 'Action::\"view\"'")
    @Nullable String action;

    @Option(
        names = {"-r", "--resource"},
        paramLabel = "RESOURCE",
        description = "to what, for instance 'File::\"a.txt\"'")
    @Nullable String resource;

    @Option(
        names = {"-c", "--context"},
        paramLabel = "FILE",
        description = "the context, a JSON object")
    @Nullable Path context;

    @Option(
        names = "--request-json",
        paramLabel = "FILE",
        description =
            "the whole request instead, a JSON object of principal, action, resource and context")
    @Nullable Path whole;

    @Option(
        names = "--request-validation",
        arity = "1",
        paramLabel = "REQUEST_VALIDATION",
        defaultValue = "true",
        description = "whether the request must be as the schema wants it (default: true)")
    boolean validation = true;

    Question question() {
      boolean parts = principal != null || action != null || resource != null || context != null;
      if (whole != null && parts) {
        throw new UsageException(
            "--request-json is instead of --principal, --action, --resource and --context");
      }
      return new Question(
          principal,
          action,
          resource,
          CedarFiles.orNone("context", context),
          CedarFiles.orNone("request-json", whole),
          validation);
    }
  }

  /** A request of which only types may be known. */
  static final class PartialRequest {
    @Option(
        names = "--principal-type",
        paramLabel = "PRINCIPAL_TYPE",
        description = "for instance User")
    @Nullable String principalType;

    @Option(
        names = "--principal-eid",
        paramLabel = "PRINCIPAL_EID",
        description = "its id, if it is known")
    @Nullable String principalId;

    @Option(
        names = {"-a", "--action"},
        paramLabel = "ACTION",
        description = "what, for instance 'Action::\"view\"'")
    @Nullable String action;

    @Option(
        names = "--resource-type",
        paramLabel = "RESOURCE_TYPE",
        description = "for instance File")
    @Nullable String resourceType;

    @Option(
        names = "--resource-eid",
        paramLabel = "RESOURCE_EID",
        description = "its id, if it is known")
    @Nullable String resourceId;

    @Option(
        names = {"-c", "--context"},
        paramLabel = "FILE",
        description = "the context, a JSON object, if it is known")
    @Nullable Path context;

    @Option(
        names = "--request-json",
        paramLabel = "FILE",
        description =
            "the whole request instead: principal_type, principal_eid, action, resource_type,"
                + " resource_eid, context")
    @Nullable Path whole;
  }
}
