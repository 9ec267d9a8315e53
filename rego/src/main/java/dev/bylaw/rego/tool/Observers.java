package dev.bylaw.rego.tool;

import dev.bylaw.rego.plan.Observer;
import dev.bylaw.syntax.Span;
import dev.bylaw.value.ArrayValue;
import java.util.List;

/** Several observers as one. */
public final class Observers implements Observer {
  private final List<Observer> all;

  public Observers(List<Observer> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void enter(Span literal) {
    all.forEach(o -> o.enter(literal));
  }

  @Override
  public void pass(Span literal) {
    all.forEach(o -> o.pass(literal));
  }

  @Override
  public void leave(Span literal) {
    all.forEach(o -> o.leave(literal));
  }

  @Override
  public void begin(String path, Span rule) {
    all.forEach(o -> o.begin(path, rule));
  }

  @Override
  public void end(String path, Span rule) {
    all.forEach(o -> o.end(path, rule));
  }

  @Override
  public void rule(String path, Span rule) {
    all.forEach(o -> o.rule(path, rule));
  }

  @Override
  public void testCase(ArrayValue names) {
    all.forEach(o -> o.testCase(names));
  }

  @Override
  public void note(String text) {
    all.forEach(o -> o.note(text));
  }
}
