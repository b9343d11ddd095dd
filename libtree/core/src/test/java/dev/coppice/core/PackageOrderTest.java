package dev.coppice.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Console;
import java.io.File;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The order of packages inside core: what the compiler cannot see within one module. */
class PackageOrderTest {
  private static final String CORE = "dev.coppice.core.";

  /** From the ground up. Each may use those before it, the verbs may not use each other. */
  private static final String[] GROUND = {
    "failure",
    "time",
    "selinux",
    "io",
    "gvariant",
    "config",
    "object",
    "ref",
    "store",
    "repo",
    "tree",
    "erofs",
    "composefs"
  };

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.coppice.core");

  @Test
  void packagesUseOnlyWhatIsBelowThem() {
    var architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : GROUND) {
      architecture = architecture.layer(name).definedBy(CORE + name + "..");
    }
    for (int i = 0; i < GROUND.length; i++) {
      architecture =
          i == GROUND.length - 1
              ? architecture.whereLayer(GROUND[i]).mayNotBeAccessedByAnyLayer()
              : architecture.whereLayer(GROUND[i]).mayOnlyBeAccessedByLayers(above(i));
    }
    architecture.check(MAIN);
  }

  private static String[] above(int index) {
    return java.util.Arrays.copyOfRange(GROUND, index + 1, GROUND.length);
  }

  @Test
  void groundDoesNotUseVerbs() {
    String[] ground = new String[GROUND.length];
    for (int i = 0; i < ground.length; i++) {
      ground[i] = CORE + GROUND[i] + "..";
    }
    noClasses()
        .that()
        .resideInAnyPackage(ground)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            CORE + "checkout..",
            CORE + "commit..",
            CORE + "diff..",
            CORE + "export..",
            CORE + "fsck..",
            CORE + "prune..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(CORE + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void verbsDoNotSeeEachOther() {
    String[] verbs = {"checkout", "commit", "diff", "export", "fsck", "prune"};
    for (String verb : verbs) {
      for (String other : verbs) {
        if (!verb.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage(CORE + verb + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage(CORE + other + "..")
              .allowEmptyShould(true)
              .check(MAIN);
        }
      }
    }
  }

  @Test
  void nothingPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Console.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(PrintStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(File.class)
        .check(MAIN);
  }

  @Test
  void namesSayWhatAClassIs() {
    classes()
        .should()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Util")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .andShould()
        .haveSimpleNameNotEndingWith("Manager")
        .check(MAIN);
  }
}
