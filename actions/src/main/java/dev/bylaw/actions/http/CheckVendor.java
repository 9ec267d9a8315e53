package dev.bylaw.actions.http;

import dev.bylaw.actions.call.ActionTable;
import dev.bylaw.actions.call.Params;
import dev.bylaw.actions.http.Endpoint.MalformedEndpointException;
import dev.bylaw.playbook.action.Action;
import dev.bylaw.playbook.action.ActionCall;
import dev.bylaw.playbook.action.ActionOutcome;
import dev.bylaw.playbook.action.ActionOutcome.Done;
import dev.bylaw.playbook.action.ActionSpec;
import dev.bylaw.value.BooleanValue;
import dev.bylaw.value.ObjectValue;
import java.util.List;
import java.util.Optional;

/**
 * {@code check_vendor}: whether an endpoint belongs to an approved vendor. What cannot be read
 * belongs to none.
 *
 * @param vendors the list
 */
public record CheckVendor(Vendors vendors) implements Action {
  @Override
  public ActionSpec spec() {
    return ActionTable.CHECK_VENDOR;
  }

  @Override
  public Prepared prepare(ObjectValue params, ObjectValue inputs) {
    return new Prepared(params, hosts(params));
  }

  /** The host that the parameter {@code endpoint} names, if it can be read. */
  static List<Resource> hosts(ObjectValue params) {
    try {
      return List.of(new Resource("host", Endpoint.parse(params.text("endpoint")).host()));
    } catch (MalformedEndpointException _) {
      return List.of();
    }
  }

  @Override
  public ActionOutcome perform(ActionCall call) {
    Params params = Params.of(spec(), call.params());
    if (params.problem().isPresent()) {
      return params.problem().get();
    }
    try {
      Endpoint endpoint = Endpoint.parse(params.text("endpoint"));
      Optional<Vendors.Vendor> owner = vendors.owner(endpoint);
      return owner
          .map(vendor -> answer(vendor.name(), endpoint.host(), ""))
          .orElseGet(() -> answer("", endpoint.host(), endpoint + " is no approved vendor's"));
    } catch (MalformedEndpointException e) {
      return answer("", "", e.reason());
    }
  }

  private static Done answer(String vendor, String host, String reason) {
    return new Done(
        ObjectValue.builder()
            .put("approved", BooleanValue.of(!vendor.isEmpty()))
            .put("vendor", vendor)
            .put("host", host)
            .put("reason", reason)
            .build());
  }
}
