package dev.bylaw.bench.cedar;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cases of N policies that differ in one thing, and their worst cases. */
final class Scaling {
  private static final int REQUESTS = 100;
  private final Random random = new Random(1);
  private final int count;

  Scaling(int count) {
    this.count = count;
  }

  private Case named(String kind, String actions) {
    var made =
        new Case(
            kind + "-" + count,
            "entity Group; entity User in [Group] { level: Long, dept: String, owned?: Long };\n"
                + "entity Doc in [Folder] { owner: User, size: Long, tag: String };"
                + " entity Folder;\n"
                + "action "
                + actions
                + " appliesTo { principal: User, resource: Doc, context: { n: Long, ip?: ipaddr } };\n");
    for (int i = 0; i < 100; i++) {
      String id = String.valueOf(i);
      made.entity("Group", id, "", List.of());
      made.entity("Folder", id, "", List.of());
      made.entity(
          "User",
          id,
          "\"level\":"
              + i % 10
              + ",\"dept\":\"d"
              + i % 7
              + "\""
              + (i % 2 == 0 ? ",\"owned\":1" : ""),
          List.of(Case.uid("Group", id), Case.uid("Group", String.valueOf((i + 1) % 100))));
      made.entity(
          "Doc",
          id,
          "\"owner\":{\"__entity\":"
              + Case.uid("User", id)
              + "},\"size\":"
              + i
              + ",\"tag\":\"t"
              + i % 7
              + "\"",
          List.of(Case.uid("Folder", id)));
    }
    return made;
  }

  private void requests(Case made, IntFunction<String> action) {
    for (int i = 0; i < REQUESTS; i++) {
      int who = random.nextInt(100);
      made.request(
          "User::\"" + who + "\"",
          action.apply(random.nextInt(count)),
          "Doc::\"" + (i % 3 == 0 ? who : random.nextInt(100)) + "\"",
          "{\"n\":" + random.nextInt(count) + "}");
    }
  }

  /** Each policy is about an action of its own. */
  Case actions() {
    String all = IntStream.range(0, count).mapToObj(i -> "a" + i).collect(Collectors.joining(", "));
    Case made = named("actions", all);
    for (int i = 0; i < count; i++) {
      made.policies.add(
          "permit(principal, action == Action::\"a"
              + i
              + "\", resource)"
              + " when { resource.owner == principal || principal.level > 5 };");
    }
    requests(made, i -> "Action::\"a" + i + "\"");
    return made;
  }

  /** Each policy is about a principal and resource, or groups of them, of its own. */
  Case scopes() {
    Case made = named("scopes", "view");
    for (int i = 0; i < count; i++) {
      String principal = i % 2 == 0 ? "in Group::\"" : "== User::\"";
      String resource = i % 3 == 0 ? "in Folder::\"" : "== Doc::\"";
      made.policies.add(
          (i % 10 == 9 ? "forbid" : "permit")
              + "(principal "
              + principal
              + i
              + "\", action == Action::\"view\", resource "
              + resource
              + i
              + "\") when { principal.level < 9 };");
    }
    requests(made, _ -> "Action::\"view\"");
    return made;
  }

  /** No policy has a scope; they are distinct in their conditions; some err. */
  Case conditions() {
    Case made = named("conditions", "view");
    for (int i = 0; i < count; i++) {
      String condition =
          switch (i % 4) {
            case 0 -> "context.n == " + i;
            case 1 -> "principal.dept == \"d" + i + "\" && resource.size > " + i;
            case 2 -> "resource.tag == \"t" + i + "\" || context.n == " + i;
            default ->
                i % 100 == 99
                    ? "principal.owned == " + i
                    : "principal.level == " + i + " && resource.owner == principal";
          };
      made.policies.add("permit(principal, action, resource) when { " + condition + " };");
    }
    requests(made, _ -> "Action::\"view\"");
    return made;
  }

  /** The worst: every policy applies, every condition is true and none is another's. */
  Case everything() {
    Case made = named("everything", "view");
    for (int i = 0; i < count; i++) {
      made.policies.add(
          "permit(principal, action, resource)"
              + " when { context.n < "
              + (count + i)
              + " && principal.level >= -"
              + i
              + " };");
    }
    requests(made, _ -> "Action::\"view\"");
    return made;
  }
}
