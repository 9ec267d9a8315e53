package dev.bylaw.bench.cedar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The three applications of "Cedar: A New Language for Expressive, Fast, Safe, and Analyzable
 * Authorization" (OOPSLA 2024): shared drives, repositories with roles, task lists; rebuilt from
 * what the paper says of them, with N entities of each kind.
 */
final class Applications {
  private static final int REQUESTS = 100;
  private final Random random;
  private final int size;

  Applications(long seed, int size) {
    this.random = new Random(seed);
    this.size = size;
  }

  private String some(String type) {
    return type + "::\"" + id() + "\"";
  }

  private String id() {
    return String.valueOf(random.nextInt(size));
  }

  private List<String> parents(String type, double share) {
    var parents = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      if (random.nextDouble() < share) {
        parents.add(Case.uid(type, String.valueOf(i)));
      }
    }
    return parents;
  }

  private static String reference(String type, String id) {
    return "{\"__entity\":" + Case.uid(type, id) + "}";
  }

  /** Documents in folders, shared with users and groups by being seen from theirs. */
  Case drive() {
    var made =
        new Case(
            "gdrive-" + size,
            """
            entity User in [Group] { documentsAndFoldersWithViewAccess: View, ownedDocuments: Set<Document> };
            entity Group { documentsAndFoldersWithViewAccess: View };
            entity View in [View];
            entity Document in [View, Folder, Public] { isPublic: Bool };
            entity Folder in [View, Folder];
            entity Public in [Document];
            action readDocument, writeDocument, share appliesTo { principal: User, resource: Document };
            """);
    made.policies.add(
        "permit(principal, action == Action::\"readDocument\", resource)"
            + " when { resource in principal.documentsAndFoldersWithViewAccess };");
    made.policies.add(
        "permit(principal, action == Action::\"readDocument\", resource) when { resource.isPublic };");
    made.policies.add(
        "permit(principal, action in [Action::\"readDocument\", Action::\"writeDocument\","
            + " Action::\"share\"], resource) when { principal.ownedDocuments.contains(resource) };");
    made.policies.add(
        "forbid(principal, action == Action::\"share\", resource) when { resource.isPublic };");
    for (int i = 0; i < size; i++) {
      String id = String.valueOf(i);
      made.entity("View", id, "", i == 0 ? List.of() : List.of(Case.uid("View", "0")));
      made.entity("Folder", id, "", parents("View", 0.1));
      var in = new ArrayList<>(parents("View", 0.05));
      in.add(Case.uid("Folder", id()));
      made.entity("Document", id, "\"isPublic\":" + (random.nextInt(10) == 0), in);
      String view = "\"documentsAndFoldersWithViewAccess\":" + reference("View", id);
      made.entity("Group", id, view, List.of());
      String owned = reference("Document", id()) + "," + reference("Document", id());
      made.entity("User", id, view + ",\"ownedDocuments\":[" + owned + "]", parents("Group", 0.1));
    }
    for (int i = 0; i < REQUESTS; i++) {
      String action = List.of("readDocument", "writeDocument", "share").get(random.nextInt(3));
      made.request(some("User"), "Action::\"" + action + "\"", some("Document"), "{}");
    }
    return made;
  }

  private static final String GITHUB =
      """
      entity User in [UserGroup, Team];
      entity Team in [UserGroup];
      entity UserGroup in [UserGroup];
      entity Organization in [UserGroup];
      entity Repository { owner: Organization, readers: UserGroup, triagers: UserGroup,
        writers: UserGroup, maintainers: UserGroup, admins: UserGroup };
      entity Issue { repo: Repository, reporter: User };
      action pull, push, fork appliesTo { principal: User, resource: Repository };
      action edit_issue, delete_issue appliesTo { principal: User, resource: Issue };
      """;

  /** Repositories with a group for each role, higher roles in lower ones. */
  Case repositories() {
    var made = new Case("github-" + size, GITHUB);
    for (var rule :
        new TreeMap<>(Map.of("pull", "readers", "fork", "readers", "push", "writers")).entrySet()) {
      made.policies.add(
          "permit(principal, action == Action::\""
              + rule.getKey()
              + "\", resource)"
              + " when { principal in resource."
              + rule.getValue()
              + " };");
    }
    made.policies.add(
        "permit(principal, action == Action::\"edit_issue\", resource) when {"
            + " principal in resource.repo.writers || (principal in resource.repo.readers &&"
            + " principal == resource.reporter) };");
    made.policies.add(
        "permit(principal, action == Action::\"delete_issue\", resource) when {"
            + " principal in resource.repo.maintainers };");
    repositories(made);
    return made;
  }

  private static final List<String> ROLES =
      List.of("readers", "triagers", "writers", "maintainers", "admins");

  private void repositories(Case made) {
    for (int i = 0; i < size; i++) {
      String id = String.valueOf(i);
      made.entity("Organization", id, "", List.of());
      var attributes = new StringBuilder("\"owner\":" + reference("Organization", id()));
      for (int r = 0; r < ROLES.size(); r++) {
        String role = ROLES.get(r);
        var lower =
            r == 0 ? List.<String>of() : List.of(Case.uid("UserGroup", id + ROLES.get(r - 1)));
        made.entity("UserGroup", id + role, "", lower);
        attributes.append(",\"").append(role).append("\":");
        attributes.append(reference("UserGroup", id + role));
      }
      made.entity("Repository", id, attributes.toString(), List.of());
      made.entity("Team", id, "", roles(0.05));
      var in = new ArrayList<>(roles(0.1));
      in.addAll(parents("Team", 0.1));
      made.entity("User", id, "", in);
      made.entity(
          "Issue",
          id,
          "\"repo\":" + reference("Repository", id()) + ",\"reporter\":" + reference("User", id()),
          List.of());
    }
    for (int i = 0; i < REQUESTS; i++) {
      boolean issue = random.nextInt(3) == 0;
      String action = issue ? pick("edit_issue", "delete_issue") : pick("pull", "push", "fork");
      String resource = some(issue ? "Issue" : "Repository");
      made.request(some("User"), "Action::\"" + action + "\"", resource, "{}");
    }
  }

  private List<String> roles(double share) {
    var roles = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      if (random.nextDouble() < share) {
        roles.add(Case.uid("UserGroup", i + ROLES.get(random.nextInt(ROLES.size()))));
      }
    }
    return roles;
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }

  /** Task lists with readers and editors. */
  Case tasks() {
    var made =
        new Case(
            "tinytodo-" + size,
            """
            entity Application enum ["TinyTodo"];
            entity User in [Team, Application] { joblevel: Long, location: String };
            entity Team in [Team, Application];
            entity List in [Application] { owner: User, name: String, readers: Team, editors: Team, tasks: Set<{name: String, id: Long, state: String}> };
            action GetList, UpdateList, DeleteList, EditShares appliesTo { principal: User, resource: List };
            """);
    made.policies.add(
        "permit(principal, action, resource) when { resource has owner && resource.owner == principal };");
    made.policies.add(
        "permit(principal, action == Action::\"GetList\", resource)"
            + " when { principal in resource.readers || principal in resource.editors };");
    made.policies.add(
        "permit(principal, action in [Action::\"UpdateList\"], resource)"
            + " when { principal in resource.editors };");
    made.policies.add(
        "permit(principal in Team::\"0\", action, resource in Application::\"TinyTodo\");");
    made.policies.add(
        "forbid(principal in Team::\"1\", action == Action::\"DeleteList\", resource)"
            + " unless { principal.joblevel > 5 };");
    String application = Case.uid("Application", "TinyTodo");
    for (int i = 0; i < size; i++) {
      String id = String.valueOf(i);
      made.entity("Team", id, "", List.of(application));
      var in = new ArrayList<>(parents("Team", 0.15));
      in.add(application);
      made.entity("User", id, "\"joblevel\":" + (i % 10) + ",\"location\":\"ABC17\"", in);
      made.entity(
          "List",
          id,
          "\"owner\":"
              + reference("User", id())
              + ",\"name\":\"list\",\"readers\":"
              + reference("Team", id())
              + ",\"editors\":"
              + reference("Team", id())
              + ",\"tasks\":[{\"name\":\"a\",\"id\":1,\"state\":\"done\"}]",
          List.of(application));
    }
    for (int i = 0; i < REQUESTS; i++) {
      String action = pick("GetList", "UpdateList", "DeleteList", "EditShares");
      made.request(some("User"), "Action::\"" + action + "\"", some("List"), "{}");
    }
    return made;
  }

  /** Repositories where each role of each user is a linked template. */
  Case links() {
    var made = new Case("github-templates-" + size, GITHUB);
    made.policies.add(
        "permit(principal in ?principal, action in [Action::\"pull\", Action::\"fork\"], resource == ?resource);");
    made.policies.add(
        "permit(principal in ?principal, action == Action::\"push\", resource == ?resource);");
    made.policies.add(
        "permit(principal in ?principal, action == Action::\"edit_issue\", resource == ?resource)"
            + " when { resource.reporter == principal };");
    repositories(made);
    for (int i = 0; i < size; i++) {
      for (int n = 0; n < Math.max(2, size / 5); n++) {
        String kind = n % 3 == 2 ? "Issue" : "Repository";
        made.link("policy" + n % 3, some("User"), kind + "::\"" + i + "\"");
      }
    }
    return made;
  }
}
