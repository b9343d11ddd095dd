package dev.coppice.cli;

import dev.coppice.cli.admin.AdminCleanupCommand;
import dev.coppice.cli.admin.AdminConfigDiffCommand;
import dev.coppice.cli.admin.AdminCurrentDirCommand;
import dev.coppice.cli.admin.AdminDeployCommand;
import dev.coppice.cli.admin.AdminInitFsCommand;
import dev.coppice.cli.admin.AdminPinCommand;
import dev.coppice.cli.admin.AdminRollbackCommand;
import dev.coppice.cli.admin.AdminSetDefaultCommand;
import dev.coppice.cli.admin.AdminStaterootInitCommand;
import dev.coppice.cli.admin.AdminStatusCommand;
import dev.coppice.cli.admin.AdminUndeployCommand;
import dev.coppice.cli.delta.DeltasPlanCommand;
import dev.coppice.cli.delta.DeltasPublishCommand;
import dev.coppice.cli.delta.StaticDeltaApplyOfflineCommand;
import dev.coppice.cli.delta.StaticDeltaDeleteCommand;
import dev.coppice.cli.delta.StaticDeltaGenerateCommand;
import dev.coppice.cli.delta.StaticDeltaIndexesCommand;
import dev.coppice.cli.delta.StaticDeltaListCommand;
import dev.coppice.cli.delta.StaticDeltaReindexCommand;
import dev.coppice.cli.delta.StaticDeltaShowCommand;
import dev.coppice.cli.delta.StaticDeltaVerifyCommand;
import dev.coppice.cli.frame.CommandNode;
import dev.coppice.cli.frame.CommandNode.Audience;
import dev.coppice.cli.frame.CommandNode.Group;
import dev.coppice.cli.frame.CommandNode.Verb;
import dev.coppice.cli.mirror.MirrorCommand;
import dev.coppice.cli.mirror.PublishCommand;
import dev.coppice.cli.peer.CreateUsbCommand;
import dev.coppice.cli.peer.FindRemotesCommand;
import dev.coppice.cli.pull.PullCommand;
import dev.coppice.cli.remote.RemoteAddCommand;
import dev.coppice.cli.remote.RemoteAddCookieCommand;
import dev.coppice.cli.remote.RemoteDeleteCommand;
import dev.coppice.cli.remote.RemoteDeleteCookieCommand;
import dev.coppice.cli.remote.RemoteGpgImportCommand;
import dev.coppice.cli.remote.RemoteGpgListKeysCommand;
import dev.coppice.cli.remote.RemoteListCommand;
import dev.coppice.cli.remote.RemoteListCookiesCommand;
import dev.coppice.cli.remote.RemoteRefsCommand;
import dev.coppice.cli.remote.RemoteShowUrlCommand;
import dev.coppice.cli.remote.RemoteSummaryCommand;
import dev.coppice.cli.repo.CatCommand;
import dev.coppice.cli.repo.CheckoutCommand;
import dev.coppice.cli.repo.ChecksumCommand;
import dev.coppice.cli.repo.CommitCommand;
import dev.coppice.cli.repo.ConfigCommand;
import dev.coppice.cli.repo.DiffCommand;
import dev.coppice.cli.repo.ExportCommand;
import dev.coppice.cli.repo.FsckCommand;
import dev.coppice.cli.repo.InitCommand;
import dev.coppice.cli.repo.LogCommand;
import dev.coppice.cli.repo.LsCommand;
import dev.coppice.cli.repo.PruneCommand;
import dev.coppice.cli.repo.PullLocalCommand;
import dev.coppice.cli.repo.RefsCommand;
import dev.coppice.cli.repo.ResetCommand;
import dev.coppice.cli.repo.RevParseCommand;
import dev.coppice.cli.repo.ShowCommand;
import dev.coppice.cli.repo.SummaryCommand;
import dev.coppice.cli.self.CompletionCommand;
import dev.coppice.cli.self.ManCommand;
import dev.coppice.cli.sign.GpgSignCommand;
import dev.coppice.cli.sign.SignCommand;
import dev.coppice.cli.tour.TourCommand;
import java.util.List;

/**
 * Every command there is: word, one line of text, class. The lists are made only when their group
 * is named, the objects only when the command is.
 */
final class CommandTable {
  /** The program itself. */
  static final Group ROOT = new Group("coppice", "", CommandTable::commands);

  private CommandTable() {}

  private static List<CommandNode> commands() {
    return List.of(
        new Group(
                "admin",
                "Commands for managing a host system booted with ostree",
                CommandTable::admin)
            .or(AdminCurrentDirCommand.OPTION, AdminCurrentDirCommand::new),
        new Verb("cat", "Concatenate contents of files", CatCommand::new),
        new Verb("checkout", "Check out a commit into a filesystem tree", CheckoutCommand::new),
        new Verb("checksum", "Checksum a file or directory", ChecksumCommand::new),
        new Verb("completion", "Print the completion of a shell", () -> new CompletionCommand(ROOT))
            .only(Audience.COPPICE),
        new Verb("create-usb", "Copy the refs to a USB stick", CreateUsbCommand::new),
        new Group("deltas", "Decide which static deltas to keep", CommandTable::deltas)
            .only(Audience.COPPICE),
        new Verb("export", "Stream COMMIT to stdout in tar format", ExportCommand::new),
        new Verb("diff", "Compare directory TARGETDIR against revision REV", DiffCommand::new),
        new Verb("find-remotes", "Find remotes to serve the given refs", FindRemotesCommand::new),
        new Verb("fsck", "Check the repository for consistency", FsckCommand::new),
        new Verb("config", "Change repo configuration settings", ConfigCommand::new),
        new Verb("commit", "Commit a new revision", CommitCommand::new),
        new Verb("gpg-sign", "Sign a commit", GpgSignCommand::new),
        new Verb("init", "Initialize a new empty repository", InitCommand::new),
        new Verb("log", "Show log starting at commit or ref", LogCommand::new),
        new Verb("ls", "List file paths", LsCommand::new),
        new Verb("mirror", "Keep a repository a mirror of remotes", MirrorCommand::new)
            .only(Audience.COPPICE),
        new Verb("prune", "Search for unreachable objects", PruneCommand::new),
        new Verb("pull", "Download data from remote repository", PullCommand::new),
        new Verb("pull-local", "Copy data from SRC_REPO", PullLocalCommand::new),
        new Verb("publish", "Copy a repository to where it is served from", PublishCommand::new)
            .only(Audience.COPPICE),
        new Verb("refs", "List refs", RefsCommand::new).only(Audience.OSTREE),
        new Group("refs", "List refs", CommandTable::refs)
            .or(RefsCommand::new)
            .only(Audience.COPPICE),
        new Group(
            "remote", "Remote commands that may involve internet access", CommandTable::remotes),
        new Verb("reset", "Reset a REF to a previous COMMIT", ResetCommand::new)
            .only(Audience.OSTREE),
        new Verb("rev-parse", "Output the target of a rev", RevParseCommand::new),
        new Verb("sign", "Add or verify a signature of a commit", SignCommand::new),
        new Verb("show", "Output a metadata object", ShowCommand::new),
        new Group("static-delta", "Static delta related commands", CommandTable::staticDeltas),
        new Verb("summary", "Manage summary metadata", SummaryCommand::new),
        new Verb(
                "tour",
                "See a small system committed, deployed, upgraded and rolled back",
                () ->
                    TourCommand.through(
                        (line, context) ->
                            Cli.run(
                                context.personality(),
                                line,
                                context.environment(),
                                context.console())))
            .only(Audience.COPPICE),
        new Verb("man-skeleton", "", () -> new ManCommand(ROOT)).only(Audience.COPPICE));
  }

  private static List<CommandNode> remotes() {
    return List.of(
        new Verb("add", "Add a remote repository", RemoteAddCommand::new),
        new Verb("add-cookie", "Add a cookie to remote", RemoteAddCookieCommand::new),
        new Verb("delete", "Delete a remote repository", RemoteDeleteCommand::new),
        new Verb("delete-cookie", "Remove one cookie from remote", RemoteDeleteCookieCommand::new),
        new Verb("gpg-import", "Import GPG keys", RemoteGpgImportCommand::new),
        new Verb("gpg-list-keys", "Show remote GPG keys", RemoteGpgListKeysCommand::new),
        new Verb("show-url", "Show remote repository URL", RemoteShowUrlCommand::new),
        new Verb("list", "List remote repository names", RemoteListCommand::new),
        new Verb("list-cookies", "Show remote repository cookies", RemoteListCookiesCommand::new),
        new Verb("refs", "List remote refs", RemoteRefsCommand::new),
        new Verb("summary", "Show remote summary", RemoteSummaryCommand::new));
  }

  private static List<CommandNode> admin() {
    return List.of(
        new Verb(
            "cleanup",
            "Delete untagged deployments and repository objects",
            AdminCleanupCommand::new),
        new Verb(
            "config-diff",
            "Diff current /etc configuration versus default",
            AdminConfigDiffCommand::new),
        new Verb(
            "deploy",
            "Checkout revision REFSPEC as the new default deployment",
            AdminDeployCommand::new),
        new Verb("init-fs", "Initialize a root filesystem", AdminInitFsCommand::new),
        new Verb(
            "os-init",
            "Initialize empty state for given operating system",
            AdminStaterootInitCommand::new),
        new Verb(
            "stateroot-init",
            "Initialize empty state for given operating system",
            AdminStaterootInitCommand::new),
        new Verb(
            "pin",
            "Change the \"pinning\" state of a deployment, INDEX can be >= 0 or one of booted,"
                + " pending or rollback strings",
            AdminPinCommand::new),
        new Verb("rollback", "Make the previous deployment the default", AdminRollbackCommand::new),
        new Verb("status", "List deployments", AdminStatusCommand::new),
        new Verb("undeploy", "Delete deployment INDEX", AdminUndeployCommand::new),
        new Verb("set-default", "Make deployment INDEX the default", AdminSetDefaultCommand::new));
  }

  private static List<CommandNode> deltas() {
    return List.of(
        new Verb("plan", "Show which deltas are worth their space", DeltasPlanCommand::new),
        new Verb("publish", "Make and delete deltas as planned", DeltasPublishCommand::new));
  }

  private static List<CommandNode> staticDeltas() {
    return List.of(
        new Verb("list", "List static delta files", StaticDeltaListCommand::new),
        new Verb("show", "Dump information on a delta", StaticDeltaShowCommand::new),
        new Verb("delete", "Remove a delta", StaticDeltaDeleteCommand::new),
        new Verb("generate", "Generate static delta files", StaticDeltaGenerateCommand::new),
        new Verb("apply-offline", "Apply static delta file", StaticDeltaApplyOfflineCommand::new),
        new Verb("verify", "Verify static delta signatures", StaticDeltaVerifyCommand::new),
        new Verb("indexes", "List static delta indexes", StaticDeltaIndexesCommand::new),
        new Verb("reindex", "Regenerate static delta indexes", StaticDeltaReindexCommand::new));
  }

  private static List<CommandNode> refs() {
    return List.of(new Verb("reset", "Reset a REF to a previous COMMIT", ResetCommand::new));
  }
}
