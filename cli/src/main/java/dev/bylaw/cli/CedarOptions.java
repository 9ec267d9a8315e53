package dev.bylaw.cli;

import dev.bylaw.cedar.command.Inputs;
import dev.bylaw.cedar.command.Question;
import dev.bylaw.syntax.Source;
import java.nio.file.Path;
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

  /** Policies and links. */
  static final class Policies {
    @Option(
        names = {"-p", "--policies"},
        paramLabel = "FILE",
        description = "static policies and templates; standard input where it is left out")
    @Nullable Path file;

    @Option(
        names = "--policy-format",
        paramLabel = "FORMAT",
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
      Inputs read = with(inputs, CedarFiles.orInput("policy set", file));
      return links == null ? read : read.withLinks(CedarFiles.read("links", links));
    }

    /** These policies if a file is named. */
    Inputs ifAny(Inputs inputs) {
      return file == null ? inputs : into(inputs);
    }

    Inputs with(Inputs inputs, Source text) {
      return format == Format.JSON ? inputs.withJsonPolicies(text) : inputs.withPolicies(text);
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
        paramLabel = "FORMAT",
        defaultValue = "cedar",
        description = "cedar or json")
    Format format = Format.CEDAR;

    Inputs into(Inputs inputs) {
      if (file == null) {
        return inputs;
      }
      Source text = CedarFiles.read("schema", file);
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
        paramLabel = "UID",
        description = "who, for instance 'User::\"alice\"'")
    @Nullable String principal;

    @Option(
        names = {"-a", "--action"},
        paramLabel = "UID",
        description = "what, for instance 'Action::\"view\"'")
    @Nullable String action;

    @Option(
        names = {"-r", "--resource"},
        paramLabel = "UID",
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
        paramLabel = "true|false",
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
    @Option(names = "--principal-type", paramLabel = "TYPE", description = "for instance User")
    @Nullable String principalType;

    @Option(names = "--principal-eid", paramLabel = "ID", description = "its id, if it is known")
    @Nullable String principalId;

    @Option(
        names = {"-a", "--action"},
        paramLabel = "UID",
        description = "what, for instance 'Action::\"view\"'")
    @Nullable String action;

    @Option(names = "--resource-type", paramLabel = "TYPE", description = "for instance File")
    @Nullable String resourceType;

    @Option(names = "--resource-eid", paramLabel = "ID", description = "its id, if it is known")
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
