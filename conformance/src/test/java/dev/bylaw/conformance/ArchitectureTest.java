package dev.bylaw.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps the layout of the house: see the table of modules in CONTRIBUTING.md. */
class ArchitectureTest {
  /** What each module may know directly; what those know comes with them. */
  private static final Map<String, List<String>> MODULES =
      Map.ofEntries(
          Map.entry("syntax", List.of()),
          Map.entry("value", List.of()),
          Map.entry("document", List.of("syntax", "value")),
          Map.entry("expression", List.of("syntax", "value")),
          Map.entry("rego", List.of("syntax", "value")),
          Map.entry("cedar", List.of("syntax")),
          Map.entry("content", List.of("value")),
          Map.entry("policy", List.of("document", "expression", "rego", "cedar", "content")),
          Map.entry("playbook", List.of("document", "expression")),
          Map.entry("actions", List.of("playbook", "content")),
          Map.entry("store", List.of("policy", "playbook")),
          Map.entry("runtime", List.of("store", "actions")),
          Map.entry("cli", List.of("runtime")));

  private static JavaClasses house = new ClassFileImporter().importPackages();

  @BeforeAll
  static void readAllClasses() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.bylaw");
  }

  @Test
  void dependenciesPointDownwardsOnly() {
    assertThat(house.size()).isGreaterThan(100);
    for (String module : MODULES.keySet()) {
      Set<String> allowed = reachable(module);
      Set<String> forbidden = new TreeSet<>(MODULES.keySet());
      forbidden.removeAll(allowed);
      String[] packages =
          forbidden.stream().map(name -> "dev.bylaw." + name + "..").toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.bylaw." + module + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages)
          .allowEmptyShould(true)
          .check(house);
    }
  }

  @Test
  void everyModuleOfTheTableIsLookedAt() {
    for (String module : MODULES.keySet()) {
      assertThat(house)
          .as("the classes of %s", module)
          .anyMatch(type -> type.getPackageName().startsWith("dev.bylaw." + module));
    }
  }

  @Test
  void contentKnowsNothingOfItsModels() {
    String models = "dev.bylaw.content.models..";
    noClasses()
        .that()
        .resideInAPackage("dev.bylaw.content..")
        .and()
        .resideOutsideOfPackage(models)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(models)
        .check(house);
    assertThat(house)
        .anyMatch(type -> type.getPackageName().startsWith("dev.bylaw.content.models"));
  }

  @Test
  void everyPackageBelongsToAModuleOfTheTable() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : house) {
      found.add(type.getPackageName().split("\\.", -1)[2]);
    }
    assertThat(MODULES.keySet()).containsAll(found);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIs() {
    Set<String> marked = new HashSet<>();
    for (JavaClass type : house) {
      if (type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class)) {
        marked.add(type.getPackageName());
      }
    }
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : house) {
      if (!marked.contains(type.getPackageName())) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void featuresOfAModuleKnowEachOtherInOneDirection() {
    for (String module : MODULES.keySet()) {
      slices()
          .matching("dev.bylaw." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(house);
    }
  }

  @Test
  void thereIsOneYamlReaderAndOneJsonCodec() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.bylaw.document..",
            "dev.bylaw.rego..") // its builtins and annotations are YAML, and it stands alone
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(house);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.bylaw.value..",
            "dev.bylaw.document..",
            "dev.bylaw.cedar..", // its values are its own
            "dev.bylaw.playbook..", // the schema validator speaks Jackson
            "dev.bylaw.actions..",
            "dev.bylaw.rego..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(house);
    noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml..").check(house);
  }

  @Test
  void sqlIsSpokenInTheStoreAndInTheDatabaseActionsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.bylaw.store..", "dev.bylaw.actions..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(house);
  }

  @Test
  void onlyTheCommandLinePrints() {
    DescribedPredicate<JavaClass> system =
        DescribedPredicate.describe("System", c -> c.isEquivalentTo(System.class));
    classes()
        .that()
        .resideOutsideOfPackage("dev.bylaw.cli..")
        .should()
        .onlyAccessFieldsThat(
            DescribedPredicate.describe(
                "are not a standard stream",
                field ->
                    !(system.test(field.getOwner())
                        && Set.of("out", "err", "in").contains(field.getName()))))
        .check(house);
  }

  @Test
  void enginesNeverLog() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.bylaw.syntax..",
            "dev.bylaw.value..",
            "dev.bylaw.document..",
            "dev.bylaw.expression..",
            "dev.bylaw.rego..",
            "dev.bylaw.cedar..",
            "dev.bylaw.policy..",
            "dev.bylaw.playbook..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(System.Logger.class)
        .check(house);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager)$").check(house);
    methods()
        .that()
        .arePublic()
        .and(
            DescribedPredicate.describe(
                "are not inherited from others", method -> !inherits(method)))
        .should()
        .haveNameNotMatching("get[A-Z].*")
        .check(house);
  }

  /** Whether a method has its name from a type that is not ours. */
  private static boolean inherits(JavaMethod method) {
    return method.getOwner().getAllRawSuperclasses().stream()
            .anyMatch(type -> names(type, method) && !type.getPackageName().startsWith("dev.bylaw"))
        || method.getOwner().getAllRawInterfaces().stream()
            .anyMatch(
                type -> names(type, method) && !type.getPackageName().startsWith("dev.bylaw"));
  }

  private static boolean names(JavaClass type, JavaMethod method) {
    return type.getMethods().stream().anyMatch(each -> each.getName().equals(method.getName()));
  }

  private static Set<String> reachable(String module) {
    Set<String> all = new HashSet<>();
    all.add(module);
    for (String below : MODULES.getOrDefault(module, List.of())) {
      all.addAll(reachable(below));
    }
    return all;
  }
}
