//! Locking, recovery, backups and restores at the terminal.

use app::cli::Outcome;

use super::Terminal;

const PASSPHRASE: &str = "copper river lantern moth";
const OTHER: &str = "another phrase of mine";

fn with_people() -> Terminal {
    let terminal = Terminal::new();
    terminal
        .typed(&["import", "-", "--yes"], "Asha Rao\nBen Okafor\n", false)
        .done();
    terminal
}

fn locked() -> Terminal {
    let terminal = with_people();
    terminal
        .asked(&["lock"], &[PASSPHRASE, PASSPHRASE], "")
        .done();
    terminal
}

fn n_people(terminal: &Terminal) -> serde_json::Value {
    let passphrase = format!("{PASSPHRASE}\n");
    terminal
        .typed(&["people", "--json"], &passphrase, false)
        .json()["total"]
        .clone()
}

#[test]
fn a_locked_vault_asks_takes_a_piped_line_or_a_file() {
    let terminal = locked();
    let shown = terminal.asked(&["people"], &[PASSPHRASE], "").done();
    assert!(shown.ends_with("2 of 2 people\n"), "{shown}");
    assert_eq!(n_people(&terminal), 2);
    let file = terminal.file("passphrase", format!("{PASSPHRASE}\r\nmore"));
    let shown = terminal.run(&["people", "--passphrase-file", &file]).done();
    assert!(shown.ends_with("2 of 2 people\n"), "{shown}");
    let vault = terminal.run(&["vault", "--json"]).json();
    assert_eq!(vault["locked"], true);

    let (sentence, hint, code) = terminal.run(&["people"]).refused();
    assert_eq!(sentence, "the vault is locked with a passphrase");
    assert!(hint.contains("--passphrase-file"), "{hint}");
    assert_eq!(code, 2);
    let (sentence, hint, _) = terminal.typed(&["people"], "wrong\n", false).refused();
    assert_eq!(
        sentence,
        "the first line piped in is not the passphrase of the vault"
    );
    assert!(hint.contains("--passphrase-file"), "{hint}");
    assert!(hint.contains("vouch unlock --recovery"), "{hint}");

    let piped = ["import", "-", "--yes", "--passphrase-file", &file];
    terminal.typed(&piped, "Carla Núñez\n", false).done();
    assert_eq!(n_people(&terminal), 3);
}

#[test]
fn locking_without_a_new_passphrase_says_what_is_missing() {
    let terminal = with_people();
    let (sentence, hint, code) = terminal.run(&["lock"]).refused();
    assert_eq!(
        sentence,
        "found no line with new passphrase, 8 characters or more"
    );
    assert!(hint.contains("--help"), "{hint}");
    assert_eq!(code, 2);
    assert_eq!(terminal.run(&["vault", "--json"]).json()["locked"], false);
}

#[test]
fn what_is_piped_after_the_passphrase_belongs_to_the_command() {
    let terminal = locked();
    let input = format!("{PASSPHRASE}\nCarla Núñez\n");
    terminal
        .typed(&["import", "-", "--yes"], &input, false)
        .done();
    assert_eq!(n_people(&terminal), 3);
}

#[test]
fn somebody_at_the_terminal_may_try_again() {
    let terminal = locked();
    let ran = terminal.asked(&["people"], &["wrong", PASSPHRASE], "");
    assert!(
        ran.err.contains("This is not the passphrase of the vault."),
        "{}",
        ran.err
    );
    ran.done();
}

#[test]
fn two_different_new_passphrases_change_nothing() {
    let terminal = with_people();
    let (sentence, _, code) = terminal
        .asked(&["lock"], &[PASSPHRASE, OTHER], "")
        .refused();
    assert_eq!(sentence, "the two passphrases differ; nothing was changed");
    assert_eq!(code, 2);
    assert_eq!(terminal.run(&["vault", "--json"]).json()["locked"], false);
    let (sentence, _, _) = terminal.typed(&["lock"], "short\n", false).refused();
    assert!(
        sentence.starts_with("the passphrase has 5 characters"),
        "{sentence}"
    );
}

#[test]
fn a_passphrase_is_changed_and_taken_off() {
    let terminal = locked();
    let both = format!("{PASSPHRASE}\n{OTHER}\n");
    let said = terminal.typed(&["lock"], &both, false).done();
    assert!(said.starts_with("The passphrase is changed."), "{said}");
    let (sentence, _, _) = terminal
        .typed(&["unlock"], &format!("{PASSPHRASE}\n"), false)
        .refused();
    assert_eq!(
        sentence,
        "the first line piped in is not the passphrase of the vault"
    );
    terminal
        .typed(&["unlock"], &format!("{OTHER}\n"), false)
        .done();
    terminal.run(&["people"]).done();
    let (sentence, hint, _) = terminal.run(&["unlock"]).refused();
    assert_eq!(sentence, "the vault has no passphrase");
    assert_eq!(hint, "`vouch lock` sets a passphrase.");
}

#[test]
fn a_recovery_sheet_opens_what_was_forgotten() {
    let terminal = locked();
    let piped = format!("{PASSPHRASE}\n");
    let out = terminal.path("sheet.txt");
    let args = ["recovery-sheet", "--out", out.to_str().expect("UTF-8")];
    // A sheet that was not made leaves no file behind.
    terminal.typed(&args, "wrong\n", false).refused();
    assert!(!out.exists());
    let said = terminal.typed(&args, &piped, false).done();
    assert!(said.contains("Print it, and delete the file."), "{said}");
    let sheet = std::fs::read_to_string(&out).expect("a sheet");
    let code: Vec<&str> = sheet
        .lines()
        .filter_map(|line| line.trim().strip_prefix("groups ")?.split_once(':'))
        .flat_map(|(_, groups)| groups.split_whitespace())
        .collect();
    assert_eq!(code.len(), 8, "{sheet}");
    assert!(sheet.contains("Keep the sheet where"), "{sheet}");
    let shown = terminal.run(&["vault"]).done();
    assert!(
        shown.contains("recovery sheet: made on Wed 1 Jul 2026"),
        "{shown}"
    );

    let mut mistyped = code.clone();
    // One wrong character is always seen; a group turned round may pass its check.
    let other = if code[4].starts_with('7') { "8" } else { "7" };
    let slip = format!("{other}{}", &code[4][1..]);
    mistyped[4] = &slip;
    let (sentence, _, _) = terminal
        .typed(&["unlock", "--recovery"], &mistyped.join("-"), false)
        .refused();
    assert!(
        sentence.starts_with("recovery code: group 5 "),
        "{sentence}"
    );
    let typed = code.join(" ").to_lowercase();
    terminal
        .typed(&["unlock", "--recovery"], &typed, false)
        .done();
    terminal.run(&["people"]).done();
}

#[test]
fn a_backup_is_restored_after_a_question_and_can_be_taken_back() {
    let terminal = with_people();
    let file = terminal.path("mine.vouch-backup");
    let file = file.to_str().expect("UTF-8");
    let said = terminal
        .asked(&["backup", file], &[OTHER, OTHER], "")
        .done();
    assert!(
        said.contains("opens with its own passphrase only"),
        "{said}"
    );
    let (sentence, _, _) = terminal
        .typed(&["backup", file], &format!("{OTHER}\n"), false)
        .refused();
    assert!(
        sentence.ends_with("is there already; would do: a new name"),
        "{sentence}"
    );
    terminal
        .typed(&["import", "-", "--yes"], "Carla Núñez\n", false)
        .done();

    let (sentence, _, _) = terminal
        .typed(&["restore", file], "wrong wrong\n", false)
        .refused();
    assert_eq!(sentence, "this is not the passphrase of this backup");
    let (sentence, _, _) = terminal
        .typed(&["restore", file], &format!("{OTHER}\n"), false)
        .refused();
    assert_eq!(sentence, "nothing was restored; would do: --yes");
    let ran = terminal.asked(&["restore", file], &[OTHER], "n\n");
    assert_eq!(ran.result, Ok(Outcome::No));
    assert!(
        ran.out.contains("backup: 2 people, 0 interactions"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("vault:  3 people, 0 interactions"),
        "{}",
        ran.out
    );
    let said = terminal.asked(&["restore", file], &[OTHER], "y\n").done();
    assert!(said.contains("Restored: 2 people"), "{said}");
    assert_eq!(terminal.run(&["people", "--json"]).json()["total"], 2);

    let vault = terminal.run(&["vault", "--json"]).json();
    let kept = vault["backups"].as_array().expect("a list");
    let kept = kept.iter().find(|it| it["kind"] == "replaced");
    let name = kept.expect("it is kept")["name"].as_str().expect("a name");
    let kept = terminal.path("vault").join("backups").join(name);
    terminal
        .run(&["restore", kept.to_str().expect("UTF-8"), "--yes"])
        .done();
    assert_eq!(terminal.run(&["people", "--json"]).json()["total"], 3);
}

#[test]
fn a_backup_opens_in_a_new_folder_and_other_files_do_not() {
    let terminal = with_people();
    let passphrase = terminal.file("passphrase", format!("{OTHER}\n"));
    let said = terminal
        .run(&["backup", "--backup-passphrase-file", &passphrase])
        .done();
    assert!(
        said.contains("backup-2026-07-01T150000Z.vouch-backup"),
        "{said}"
    );
    let folder = terminal.path("vault").join("backups");
    let file = folder.join("backup-2026-07-01T150000Z.vouch-backup");
    let new = terminal.path("new");
    let args = [
        "--vault",
        new.to_str().expect("UTF-8"),
        "restore",
        file.to_str().expect("UTF-8"),
        "--backup-passphrase-file",
        &passphrase,
    ];
    let said = terminal.run(&args).done();
    assert!(said.contains("vault:  nothing yet"), "{said}");
    let new = new.to_str().expect("UTF-8");
    assert_eq!(
        terminal.run(&["--vault", new, "people", "--json"]).json()["total"],
        2
    );
    let letter = terminal.file("letter.txt", "Dear Dr. Rao");
    let (sentence, _, code) = terminal.run(&["restore", &letter, "--yes"]).refused();
    assert!(
        sentence.contains("is not a backup of Vouch: it has 12 bytes"),
        "{sentence}"
    );
    assert_eq!(code, 2);
}

#[test]
fn the_vault_is_shown_with_what_would_protect_it() {
    let terminal = with_people();
    let shown = terminal.run(&["vault"]).done();
    assert!(
        shown.contains("not locked: whoever can read the folder"),
        "{shown}"
    );
    assert!(shown.contains("backups: none in the folder yet"), "{shown}");
    // The first command after there is something makes the weekly copy.
    terminal.run(&["people"]).done();
    let shown = terminal.run(&["vault"]).done();
    assert!(
        shown.contains("weekly-2026-07-01T150000Z.vouch-copy"),
        "{shown}"
    );
}
