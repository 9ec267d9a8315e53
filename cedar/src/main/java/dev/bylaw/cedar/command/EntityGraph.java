package dev.bylaw.cedar.command;

import dev.bylaw.cedar.entity.Entities;
import dev.bylaw.cedar.entity.Entity;
import dev.bylaw.cedar.value.CedarText;
import dev.bylaw.cedar.value.EntityUid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Entities as a Graphviz graph: clusters of types, edges to what each is directly in. */
final class EntityGraph {
  private EntityGraph() {}

  static String dot(Entities entities) {
    Map<String, List<EntityUid>> byType = new TreeMap<>();
    for (Entity entity : entities.all()) {
      byType.computeIfAbsent(entity.uid().type(), _ -> new ArrayList<>()).add(entity.uid());
    }
    var out = new StringBuilder("strict digraph {\n");
    out.append("\tordering=\"out\"\n\tnode[shape=box]\n");
    byType.forEach((type, uids) -> {
      String label = CedarText.quote(type);
      out.append("subgraph \"cluster_").append(type).append("\" {\n\tlabel=").append(label);
      out.append('\n');
      for (EntityUid uid : uids) {
        out.append('\t').append(node(uid)).append(" [label=").append(CedarText.quote(uid.id()));
        out.append("]\n");
      }
      out.append("}\n");
    });
    for (Entity entity : entities.all()) {
      for (EntityUid parent : entity.parents()) {
        out.append('\t').append(node(entity.uid())).append(" -> ").append(node(parent));
        out.append('\n');
      }
    }
    return out.append("}\n").toString();
  }

  private static String node(EntityUid uid) {
    return CedarText.quote(uid.toString());
  }
}
