package dev.coppice.cli.frame;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A word of the command line: a verb that runs, or a group of further words. */
public sealed interface CommandNode {
  /** The word itself. */
  String name();

  /** One line for lists of commands; empty for commands that such lists leave out. */
  String summary();

  /** Whether the program called so has this word. */
  boolean speaks(Personality personality);

  /** Whether lists of commands leave it out. */
  default boolean hidden() {
    return summary().isEmpty();
  }

  /** Which command lines have a word. */
  enum Audience {
    /** {@code coppice} and {@code ostree}. */
    BOTH,
    /** Our own addition that must not appear under ostree's name. */
    COPPICE,
    /** ostree's meaning of a word that means something else under {@code coppice}. */
    OSTREE;

    boolean includes(Personality personality) {
      return switch (personality) {
        case COPPICE -> this != OSTREE;
        case OSTREE -> this != COPPICE;
        case RPM_OSTREE -> false;
      };
    }
  }

  /**
   * A command.
   *
   * @param command makes the object that holds its options; called only when it is needed
   */
  record Verb(String name, String summary, Supplier<CliCommand> command, Audience audience)
      implements CommandNode {
    /** A command that {@code coppice} and {@code ostree} have. */
    public Verb(String name, String summary, Supplier<CliCommand> command) {
      this(name, summary, command, Audience.BOTH);
    }

    /** The same for another audience. */
    public Verb only(Audience audience) {
      return new Verb(name, summary, command, audience);
    }

    @Override
    public boolean speaks(Personality personality) {
      return audience.includes(personality);
    }
  }

  /**
   * A group such as {@code remote}.
   *
   * @param members makes the list of its members; called only when it is needed
   * @param fallback the command that runs when no member is named ({@code refs} and {@code refs
   *     reset}), or null when naming one is a must
   * @param trigger the option that must be given for that ({@code admin --print-current-dir}), or
   *     null when none must
   */
  record Group(
      String name,
      String summary,
      Supplier<List<CommandNode>> members,
      @Nullable Supplier<CliCommand> fallback,
      @Nullable String trigger,
      Audience audience)
      implements CommandNode {
    /** A group that {@code coppice} and {@code ostree} have. */
    public Group(String name, String summary, Supplier<List<CommandNode>> members) {
      this(name, summary, members, null, null, Audience.BOTH);
    }

    /** The same for another audience. */
    public Group only(Audience audience) {
      return new Group(name, summary, members, fallback, trigger, audience);
    }

    /** The same, with a command that runs when no member is named. */
    public Group or(Supplier<CliCommand> fallback) {
      return new Group(name, summary, members, fallback, null, audience);
    }

    /** The same, with a command that runs when no member is named but this option is given. */
    public Group or(String trigger, Supplier<CliCommand> fallback) {
      return new Group(name, summary, members, fallback, trigger, audience);
    }

    /** The command that runs for arguments that name no member, or null. */
    @Nullable Supplier<CliCommand> fallbackFor(List<String> arguments) {
      return trigger == null || arguments.contains(trigger) ? fallback : null;
    }

    @Override
    public boolean speaks(Personality personality) {
      return audience.includes(personality);
    }

    /** The members that the program called so has, in the order of their names. */
    public List<CommandNode> members(Personality personality) {
      return members.get().stream()
          .filter(member -> member.speaks(personality))
          .sorted(Comparator.comparing(CommandNode::name))
          .toList();
    }

    /** The member of that name, or null. */
    public @Nullable CommandNode member(String name, Personality personality) {
      for (CommandNode member : members.get()) {
        if (member.name().equals(name) && member.speaks(personality)) {
          return member;
        }
      }
      return null;
    }
  }
}
