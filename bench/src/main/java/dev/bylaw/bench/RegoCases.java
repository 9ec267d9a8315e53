package dev.bylaw.bench;

import dev.bylaw.value.ArrayValue;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.Json;
import dev.bylaw.value.ObjectValue;
import dev.bylaw.value.StringValue;
import dev.bylaw.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the large cases that {@code bylaw rego bench --case} measures: applications with many
 * entities, roles with many grants, a million prefixes, thousands of rules. The same seed makes the
 * same cases.
 *
 * <p>{@code java -cp … dev.bylaw.bench.RegoCases TEMPLATES FOLDER}
 */
public final class RegoCases {
  private static final int INPUTS = 40;

  private final Path templates;
  private final Path folder;
  private final Random random = new Random(20250607);

  private RegoCases(Path templates, Path folder) {
    this.templates = templates;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    var cases = new RegoCases(Path.of(arguments[0]), Path.of(arguments[1]));
    for (int n : new int[] {5, 20, 50}) {
      cases.gdrive(n);
      cases.github(n);
      cases.tinytodo(n);
    }
    cases.grants();
    cases.prefixes();
    for (int n : new int[] {10, 100, 1000, 10_000}) {
      cases.rules(n);
      cases.prefixRules(n);
      cases.plainRules(n);
    }
  }

  private void gdrive(int n) throws IOException {
    List<String> users = names("User", n);
    List<String> groups = names("Group", n);
    List<String> folders = names("Folder", n);
    List<String> documents = names("Document", n);
    List<String> things = both(folders, documents);
    List<String> holders = both(users, groups);
    Value data =
        ObjectValue.builder()
            .put("members", both(membership(users, groups), nested(groups)))
            .put("parents", both(membership(documents, folders), nested(folders)))
            .put("owners", object(things, i -> StringValue.of(any(users))))
            .put("viewers", object(things, i -> texts(some(holders, 3))))
            .put("public", object(some(documents, n / 5 + 1), i -> BooleanValue.TRUE))
            .put("folders", object(folders, i -> BooleanValue.TRUE))
            .build();
    List<String> actions = List.of("read", "read", "write", "share", "create");
    write("gdrive", "gdrive-" + n, data, requests(users, actions, things));
  }

  private void github(int n) throws IOException {
    List<String> users = names("User", n);
    List<String> teams = names("Team", n);
    List<String> organizations = names("Organization", n);
    List<String> repositories = names("Repository", n);
    List<String> issues = names("Issue", n);
    List<String> holders = both(users, teams);
    Value data =
        ObjectValue.builder()
            .put("members", both(membership(users, teams), nested(teams)))
            .put(
                "organizations",
                object(
                    organizations, i -> ObjectValue.of("owners", texts(some(holders, n / 5 + 1)))))
            .put(
                "repositories",
                object(
                    repositories,
                    i ->
                        ObjectValue.builder()
                            .put("organization", any(organizations))
                            .put("readers", texts(some(holders, n / 3 + 1)))
                            .put("triagers", texts(some(holders, n / 5 + 1)))
                            .put("writers", texts(some(holders, n / 5 + 1)))
                            .put("maintainers", texts(some(holders, n / 10 + 1)))
                            .put("admins", texts(some(holders, n / 10 + 1)))
                            .build()))
            .put(
                "issues",
                object(
                    issues,
                    i ->
                        ObjectValue.of(
                            "repository",
                            StringValue.of(any(repositories)),
                            "reporter",
                            StringValue.of(any(users)))))
            .build();
    List<ObjectValue> requests =
        new ArrayList<>(
            requests(
                users, List.of("pull", "fork", "push", "add_reader", "add_admin"), repositories));
    requests.addAll(requests(users, List.of("assign_issue", "edit_issue", "delete_issue"), issues));
    write("github", "github-" + n, data, requests);
  }

  private void tinytodo(int n) throws IOException {
    List<String> users = names("User", n);
    List<String> teams = names("Team", n);
    List<String> lists = names("List", n);
    Value data =
        ObjectValue.builder()
            .put("members", both(membership(users, teams), nested(teams)))
            .put(
                "lists",
                object(
                    lists,
                    i ->
                        ObjectValue.builder()
                            .put("owner", any(users))
                            .put("readers", texts(some(teams, 2)))
                            .put("editors", texts(some(teams, 1)))
                            .build()))
            .build();
    List<String> actions = List.of("get_list", "update_list", "create_task", "delete_list");
    List<ObjectValue> requests = new ArrayList<>(requests(users, actions, lists));
    requests.addAll(
        requests(users, List.of("create_list"), List.of("Application::TinyTodo")).subList(0, 4));
    write("tinytodo", "tinytodo-" + n, data, requests);
  }

  /** 20 roles with 10 grants each. */
  private void grants() throws IOException {
    List<String> users = names("user", 50);
    List<String> roles = names("role", 20);
    List<String> actions = List.of("read", "write", "list", "delete", "share");
    List<String> resources = names("resource", 40);
    Value data =
        ObjectValue.builder()
            .put("users", object(users, i -> ObjectValue.of("roles", texts(some(roles, 3)))))
            .put(
                "grants",
                object(
                    roles,
                    i ->
                        ArrayValue.of(
                            IntStream.range(0, 10)
                                .mapToObj(g ->
                                    ObjectValue.of(
                                        "action",
                                        StringValue.of(any(actions)),
                                        "resource",
                                        StringValue.of(any(resources))))
                                .toList())))
            .build();
    List<ObjectValue> requests = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      requests.add(
          ObjectValue.builder()
              .put("user", i % 10 == 9 ? "nobody" : any(users))
              .put("action", any(actions))
              .put("resource", any(resources))
              .build());
    }
    write("rbac-grants", "rbac-grants", data, requests);
  }

  private void prefixes() throws IOException {
    ObjectValue.Builder all = ObjectValue.builder(1_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      all.put("zone-" + i / 10_000 + "/team-" + i / 100 % 100 + "/app-" + i % 100, "tenant-" + i);
    }
    List<ObjectValue> requests = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      int prefix = random.nextInt(1_000_000);
      String path = "zone-" + prefix / 10_000 + "/team-" + prefix / 100 % 100 + "/app-";
      path += i % 5 == 4 ? "none" : String.valueOf(prefix % 100);
      requests.add(
          ObjectValue.builder()
              .put("path", path + "/orders/" + i)
              .put("tenant", "tenant-" + (i % 3 == 2 ? 7 : prefix))
              .build());
    }
    write("prefixes", "prefixes", ObjectValue.of("prefixes", all.build()), requests);
  }

  /** Rules told apart by {@code ==}. */
  private void rules(int n) throws IOException {
    generated(
        "rules",
        n,
        (i, role) ->
            "allow if {\n\tinput.action == \"action-"
                + i
                + "\"\n\tinput.role == \""
                + role
                + "\"\n}\n");
  }

  /** Rules told apart by prefixes. */
  private void prefixRules(int n) throws IOException {
    generated(
        "rules-prefix",
        n,
        (i, role) ->
            "allow if {\n\tstartswith(input.path, \"/action-"
                + i
                + "/\")\n\tinput.role == \""
                + role
                + "\"\n}\n");
  }

  /** Rules that no index tells apart: each has to be looked at. */
  private void plainRules(int n) throws IOException {
    generated(
        "rules-unindexed",
        n,
        (i, role) ->
            "allow if {\n\tcontains(input.path, \"/action-" + i + "/\")\n\tinput.level > 3\n}\n");
  }

  private interface RuleText {
    String of(int number, String role);
  }

  private void generated(String name, int n, RuleText rule) throws IOException {
    List<String> roles = names("role", 10);
    var text = new StringBuilder("package rules\n\ndefault allow := false\n");
    for (int i = 0; i < n; i++) {
      text.append('\n').append(rule.of(i, roles.get(i % 10)));
    }
    Path to = Files.createDirectories(folder.resolve(name + "-" + n));
    Files.createDirectories(to.resolve("policy"));
    Files.writeString(to.resolve("policy/policy.rego"), text);
    Files.writeString(to.resolve("query"), "data.rules.allow\n");
    List<ObjectValue> requests = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      int wanted = i % 8 == 7 ? n + 1 : random.nextInt(n);
      requests.add(
          ObjectValue.builder()
              .put("action", "action-" + wanted)
              .put("path", "/action-" + wanted + "/items")
              .put("role", roles.get(i % 4 == 3 ? random.nextInt(10) : wanted % 10))
              .put("level", StringValue.of(i % 4 == 3 ? "" : "high"))
              .build());
    }
    inputs(to, requests);
  }

  private List<ObjectValue> requests(
      List<String> principals, List<String> actions, List<String> resources) {
    List<ObjectValue> all = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      all.add(
          ObjectValue.builder()
              .put("principal", i % 20 == 19 ? "User::stranger" : any(principals))
              .put("action", any(actions))
              .put("resource", any(resources))
              .build());
    }
    return all;
  }

  private void write(String template, String name, Value data, List<ObjectValue> requests)
      throws IOException {
    Path from = templates.resolve(template);
    Path to = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(to.resolve("policy"));
    Files.write(
        to.resolve("policy/policy.rego"), Files.readAllBytes(from.resolve("policy/policy.rego")));
    Files.write(to.resolve("query"), Files.readAllBytes(from.resolve("query")));
    Files.write(to.resolve("data.json"), Json.bytes(data));
    inputs(to, requests);
  }

  private static void inputs(Path to, List<ObjectValue> requests) throws IOException {
    Path inputs = Files.createDirectories(to.resolve("inputs"));
    try (Stream<Path> old = Files.list(inputs)) {
      old.forEach(RegoCases::delete);
    }
    for (int i = 0; i < requests.size(); i++) {
      Files.write(inputs.resolve("%03d.json".formatted(i)), Json.bytes(requests.get(i)));
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each is in about two of the others. */
  private ObjectValue membership(List<String> from, List<String> to) {
    return object(from, i -> texts(some(to, 2)));
  }

  /** Some are in one that comes before: no cycles, chains of a few. */
  private ObjectValue nested(List<String> names) {
    return object(
        names,
        i ->
            i > 0 && random.nextInt(2) == 0
                ? texts(Set.of(names.get(random.nextInt(i))))
                : ArrayValue.EMPTY);
  }

  private static ObjectValue object(Iterable<String> keys, IntFunction<Value> values) {
    ObjectValue.Builder builder = ObjectValue.builder();
    int i = 0;
    for (String key : keys) {
      builder.put(key, values.apply(i++));
    }
    return builder.build();
  }

  private Set<String> some(List<String> from, int most) {
    Set<String> chosen = new LinkedHashSet<>();
    for (int i = 0; i < most; i++) {
      chosen.add(any(from));
    }
    return chosen;
  }

  private String any(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Value texts(Iterable<String> all) {
    List<Value> values = new ArrayList<>();
    all.forEach(t -> values.add(StringValue.of(t)));
    return ArrayValue.of(values);
  }

  private static List<String> names(String kind, int n) {
    return IntStream.range(0, n).mapToObj(i -> kind + "::" + i).toList();
  }

  private static List<String> both(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private static ObjectValue both(ObjectValue a, ObjectValue b) {
    return a.with(b);
  }
}
