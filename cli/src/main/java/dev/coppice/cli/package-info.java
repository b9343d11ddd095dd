/**
 * The command line: one class a command, launched as coppice, ostree or rpm-ostree.
 *
 * <p>How to add a command:
 *
 * <ol>
 *   <li><b>Class.</b> {@code dev.coppice.cli.<group>.<Words>Command} implements {@link
 *       dev.coppice.cli.frame.CliCommand}: {@code repo.CommitCommand}, {@code
 *       remote.RemoteAddCommand}, {@code admin.AdminDeployCommand}. Fields annotated with picocli's
 *       {@code @Option} and {@code @Parameters} (labels in capitals: completion takes {@code PATH},
 *       {@code REV}, {@code REMOTE} ... to mean what they say), {@code @Mixin} for {@link
 *       dev.coppice.cli.frame.RepoOption}, {@link dev.coppice.cli.frame.SysrootOption}, {@link
 *       dev.coppice.cli.frame.JsonOption}, {@link dev.coppice.cli.frame.FsyncOption}. {@code run}
 *       makes one call and renders; at most about 120 lines. Paths go through {@code
 *       context.path(...)}, variables through {@code context.environment()}, output through {@code
 *       context.console()}, progress through {@code context.progress()}.
 *   <li><b>Positionals.</b> A plain field must be given: when it is missing, usage and "LABEL must
 *       be specified" are printed. Where ostree words that differently, give the field {@code arity
 *       = "0..1"} and throw {@link dev.coppice.cli.frame.UsageException#withUsage} yourself.
 *   <li><b>Errors.</b> Throw. {@code ErrorReport} prints {@code error: MESSAGE} and picks the exit
 *       code; commands never print errors and never exit.
 *   <li><b>Table.</b> One line in {@link dev.coppice.cli.CommandTable}: word, the line that lists
 *       of commands show, constructor. {@code .only(Audience.COPPICE)} for a word that must not
 *       appear under ostree's name; an empty line of text hides it from lists.
 *   <li><b>Manual.</b> {@code coppice man-skeleton VERB... > man/coppice-VERB.1}, then write it. A
 *       test fails while an option has no entry.
 *   <li><b>Test.</b> {@code CliRunner} (in the tests) runs a line in this process; compare with the
 *       real ostree where it applies. A line in {@code src/dist/training.txt} if scripts will call
 *       the command often.
 * </ol>
 *
 * <p>{@link dev.coppice.cli.self.CompletionCommand} is a complete small example.
 */
@NullMarked
package dev.coppice.cli;

import org.jspecify.annotations.NullMarked;
