package dev.bylaw.rego.check;

import dev.bylaw.rego.ast.Module;
import java.util.List;
import java.util.Set;

/**
 * Modules that are known to be sound.
 *
 * @param tree resolved and ordered rules
 * @param replaced builtins that some {@code with} replaces
 * @param usesMetadata whether a rule asks for its annotations
 */
public record Checked(
    List<Module> modules,
    RuleTree tree,
    Set<String> replaced,
    boolean usesMetadata,
    Metadata metadata,
    Fresh fresh) {}
