//! Forgetting wants the right word, says what went, and names what it cannot reach.

use desk::DeskError;
use desk::verbs::edit_person::PersonEdit;
use desk::verbs::write_message::NewMessage;
use desk::views::forget::{copies, exports, forget_person, forget_trash};
use desk::{BackupKind, Found};

use crate::support::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center\nBen Okafor, resident");
    bench.log("call with Dr. Asha Rao about the aorta");
    bench.log("lunch with Asha Rao and Ben Okafor");
    bench
}

#[test]
fn the_surname_confirms_and_nothing_else() {
    let bench = bench();
    let asha = bench.person("Asha Rao");
    let before = bench.dump();
    for typed in ["", "Asha", "Okafor", "Ra"] {
        let refused = bench.desk.forget_person(asha, typed);
        assert!(
            matches!(refused, Err(DeskError::Bad { .. })),
            "{typed}: {refused:?}"
        );
    }
    assert_eq!(bench.dump(), before);
    let said = forget_person(&bench.desk, asha).expect("it is said");
    assert_eq!(
        (said.who.as_str(), said.type_this.as_str()),
        ("Dr. Asha Rao", "Rao")
    );
    let done = bench.desk.forget_person(asha, " RAO ").expect("forgotten");
    assert_eq!(done.result.counts, said.counts, "it does what it said");
    assert!(done.result.swept);
    assert!(!format!("{:?}", bench.operations()).contains("Asha"));
    assert!(!format!("{:?}", bench.dump()).contains("Asha"));
    let gone = bench.desk.forget_person(asha, "Rao");
    assert!(matches!(gone, Err(DeskError::NotThere { .. })), "{gone:?}");
    let ended = bench.desk.undo_operation(done.operation, false);
    assert!(matches!(ended, Err(DeskError::UndoEnded(_))), "{ended:?}");
}

#[test]
fn the_trash_is_emptied_by_its_number_and_copies_are_named() {
    let bench = bench();
    let empty = forget_trash(&bench.desk);
    assert!(
        matches!(empty, Err(DeskError::NotThere { .. })),
        "{empty:?}"
    );
    let people = [bench.person("Asha Rao"), bench.person("Okafor")];
    bench.desk.delete_people(&people).expect("deleted");
    let copy = bench.folder.path().join("copy of vouch.db");
    std::fs::copy(bench.folder.path().join("vouch.db"), &copy).expect("copied");
    let said = forget_trash(&bench.desk).expect("it is said");
    assert_eq!(said.type_this, "2");
    let files: Vec<_> = said.copies.iter().map(|copy| copy.file.clone()).collect();
    assert_eq!(files, [copy], "not the vault, its log or its key");
    let refused = bench.desk.empty_trash("all");
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    let done = bench.desk.empty_trash("2").expect("forgotten");
    assert_eq!(done.result.counts.people, 2);
    assert!(bench.table("person").is_empty());
}

#[test]
fn files_that_vouch_wrote_are_named_while_they_are_there() {
    let bench = bench();
    let outside = tempfile::tempdir().expect("a folder");
    let everybody = outside.path().join("everybody.json");
    let hers = outside.path().join("asha.vcf");
    let inside = bench.folder.path().join("small.json");
    let tables = outside.path().join("tables");
    std::fs::create_dir(&tables).expect("made");
    for file in [&everybody, &hers, &inside] {
        bench.desk.note_export(file).expect("noted");
        std::fs::write(file, "{}").expect("written");
    }
    bench.desk.note_export(&tables).expect("noted");
    bench
        .desk
        .note_export(&outside.path().join("never written.json"))
        .expect("noted");
    let unnoted = bench.folder.path().join("another.json");
    std::fs::write(&unnoted, "{}").expect("written");
    let asha = bench.person("Asha Rao");
    let named = || {
        let exports = exports(&bench.desk).expect("listed");
        exports.into_iter().map(|it| it.file).collect::<Vec<_>>()
    };
    let mut all = vec![hers.clone(), everybody.clone(), tables, inside.clone()];
    all.sort();
    let mut found = named();
    found.sort();
    assert_eq!(found, all);
    let said = forget_person(&bench.desk, asha).expect("it is said");
    assert_eq!(said.exports.len(), 4);
    let beside: Vec<_> = said.copies.iter().map(|it| it.file.clone()).collect();
    assert_eq!(beside, [unnoted], "small files too, and nothing twice");
    std::fs::remove_file(&everybody).expect("removed");
    bench.desk.forget_person(asha, "Rao").expect("forgotten");
    // What names her is no longer known by its path.
    assert!(!named().contains(&hers));
    assert!(!named().contains(&everybody));
    assert!(named().contains(&inside));
}

#[test]
fn who_is_forgotten_is_taken_out_of_the_copies_that_vouch_made() {
    let bench = bench();
    let weekly = bench.desk.backup_when_due().expect("made").expect("due");
    let asked = bench
        .desk
        .backup_into_folder("copper river lantern moth")
        .expect("made");
    let asha = bench.person("Asha Rao");
    let said = forget_person(&bench.desk, asha).expect("it is said");
    assert_eq!(said.copies_cleaned, 1);
    let files: Vec<_> = said.copies.iter().map(|copy| copy.file.clone()).collect();
    assert_eq!(
        files,
        std::slice::from_ref(&asked),
        "the weekly copy will have nobody"
    );
    let done = bench.desk.forget_person(asha, "Rao").expect("forgotten");
    assert_eq!(done.result.copies_left, 0);

    let vault = bench.desk.vault().expect("at home").clone();
    let key = bench.desk.key().expect("at home").clone();
    let prepared = vault.prepare_restore(&key, &weekly, "").expect("whole");
    assert_eq!(prepared.backup.people, 1);
    assert_eq!(prepared.n_forgotten_since(), 0);
    let (pen, reader) = store::open(&weekly, &key).expect("it opens");
    let dump = reader.read::<_, store::StoreError>(|snapshot| snapshot.dump());
    let history = reader.read::<_, store::StoreError>(|snapshot| snapshot.history(50, None));
    let kept = format!("{:?} {:?}", dump.expect("read"), history.expect("read"));
    assert!(kept.contains("Okafor") && !kept.contains("Asha"), "{kept}");
    drop((pen, reader));

    // A backup with a passphrase of its own cannot be changed: restoring says so.
    let prepared = vault
        .prepare_restore(&key, &asked, "copper river lantern moth")
        .expect("whole");
    assert!(matches!(prepared.vault, Found::Vault(_)));
    assert_eq!(prepared.n_forgotten_since(), 1);
    let kinds = vault.backups().expect("listed");
    assert!(kinds.iter().any(|it| it.kind == BackupKind::Weekly));
    let named = copies(&bench.desk).expect("listed");
    assert!(named.iter().all(|copy| copy.file != weekly));
}

#[test]
fn a_copy_that_cannot_be_opened_is_told() {
    let bench = bench();
    let weekly = bench.desk.backup_when_due().expect("made").expect("due");
    std::fs::write(&weekly, vec![7; 8192]).expect("damaged");
    let asha = bench.person("Asha Rao");
    let done = bench.desk.forget_person(asha, "Rao").expect("forgotten");
    assert_eq!(done.result.copies_left, 1);
    assert_eq!(std::fs::read(&weekly).expect("there"), vec![7; 8192]);
}

/// Ways to write "Ursula O'Xyzzy-Quill" that mean nobody else.
const SPELLINGS: [&str; 8] = [
    "Ursula O'Xyzzy-Quill",
    "URSULA O’XYZZY‑QUILL",
    "ursula oʼxyzzy–quill",
    "Ursula OXyzzy Quill",
    "Ursula O Xyzzy Quill",
    "U\u{301}rsula O`Xyzzy-Quill",
    "O′Xyzzy-Quill, Ursula",
    "Dr. O’Xyzzy-Quill",
];

#[test]
fn texts_about_others_lose_the_name_whatever_signs_it_is_written_with() {
    for spelled in SPELLINGS {
        let bench = Bench::new();
        bench.people("Ben Okafor, resident");
        bench.import("Ursula,O'Xyzzy-Quill,,u@xyzzy.example,Maimonides,IR,\n");
        let ben = bench.person("Okafor");
        let about = format!("met {spelled}’s team");
        let edit = PersonEdit {
            note: Some(about.clone()),
            tags: Some(vec![format!("friend of {spelled}")]),
            position: Some(format!("Fellow of {spelled}")),
            ..PersonEdit::default()
        };
        bench.desk.edit_person(ben, &edit).expect("changed");
        bench.log(&format!("call with Ben Okafor about {spelled}"));
        let message = NewMessage {
            template: "alumni-intro".to_owned(),
            person: Some(ben),
            ..NewMessage::default()
        };
        let message = bench.desk.start_message(&message).expect("begun").result;
        let saved = bench.desk.save_message(message, &about, &about);
        saved.expect("saved");
        let filter = form_urlencoded::Serializer::new(String::new())
            .append_pair("q", spelled)
            .finish();
        bench.desk.save_filter(spelled, &filter).expect("saved");
        let export = bench.folder.path().join(format!("{spelled}.vcf"));
        bench.desk.note_export(&export).expect("noted");

        let ursula = bench.person("Ursula");
        let said = forget_person(&bench.desk, ursula).expect("it is said");
        assert_eq!(said.mentions, [], "{spelled}");
        bench
            .desk
            .forget_person(ursula, "oxyzzy quill")
            .expect("forgotten");

        let kept = format!("{:?} {:?}", bench.dump(), bench.operations());
        let kept = domain::fold_key(&kept);
        assert!(!kept.contains("xyzzy quill"), "{spelled}: {kept}");
        assert!(kept.contains("met forgotten s team"), "{spelled}: {kept}");
        assert!(
            bench
                .reader
                .read::<_, store::StoreError>(|s| s.exported())
                .expect("read")
                .is_empty()
        );
    }
}

#[test]
fn an_employer_that_is_called_like_somebody_stays_and_is_told() {
    let bench = Bench::new();
    bench.people("Ben Okafor, resident, Ursula O’Xyzzy Clinic");
    bench.import("Ursula,O'Xyzzy,,u@xyzzy.example,Maimonides,IR,\n");
    let ursula = bench.person("O'Xyzzy");
    let said = forget_person(&bench.desk, ursula).expect("it is said");
    let told: Vec<(&str, &str)> = said
        .mentions
        .iter()
        .map(|it| (it.what.as_str(), it.snippet.as_str()))
        .collect();
    assert_eq!(told, [("Ben Okafor", "Ursula O’Xyzzy Clinic")]);
    bench
        .desk
        .forget_person(ursula, "O’Xyzzy")
        .expect("forgotten");
    let kept = format!("{:?}", bench.table("affiliation"));
    assert!(kept.contains("Ursula O’Xyzzy Clinic"), "{kept}");
}
