//! People as a list: filters that hold together, and those that are saved.

use desk::DeskError;
use desk::views::people::{
    Column, Columns, Contact, Order, PeopleQuery, Reply, people, people_ids, saved,
};
use domain::{ProgramId, RelationshipState, Ring, RoleKind};

use crate::support::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Ben Okafor, resident, Mount Sinai\n\
         Dr. Chi Lim, IR attending, Henry Ford Hospital",
    );
    bench
}

/// Returns the family names that fit, in the order of the list.
#[track_caller]
fn fit(bench: &Bench, query: PeopleQuery) -> Vec<String> {
    let query = PeopleQuery {
        today: Some(bench.desk.today().expect("a day")),
        ..query
    };
    let found = people(&bench.reader, &query).expect("people");
    let ids = people_ids(&bench.reader, &query).expect("ids");
    assert_eq!((found.total, ids.len()), (found.rows.len(), found.total));
    let last_word = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    found.rows.iter().map(|row| last_word(&row.name)).collect()
}

#[test]
fn filters_hold_together() {
    let bench = bench();
    bench.log("call with Dr. Asha Rao");
    let met = PeopleQuery {
        state: Some(RelationshipState::Met),
        ..PeopleQuery::default()
    };
    assert_eq!(fit(&bench, met.clone()), ["Rao"]);
    let resident = PeopleQuery {
        role: Some(RoleKind::Resident),
        ..met
    };
    assert!(fit(&bench, resident).is_empty());
    let unknown = PeopleQuery {
        state: Some(RelationshipState::Unknown),
        role: Some(RoleKind::Attending),
        ..PeopleQuery::default()
    };
    assert_eq!(fit(&bench, unknown), ["Lim"]);
}

#[test]
fn a_person_carries_all_tags_of_a_filter() {
    let bench = bench();
    let tag = |names: &[&str], tag: &str| {
        let people: Vec<_> = names.iter().map(|name| bench.person(name)).collect();
        let edit = desk::verbs::edit_people::BulkEdit::AddTag(tag.to_owned());
        bench.desk.edit_people(&people, &edit).expect("tagged");
    };
    tag(&["Asha Rao", "Ben Okafor"], "sir");
    tag(&["Ben Okafor"], "mentor");
    let tagged = |tags: &[&str]| PeopleQuery {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..PeopleQuery::default()
    };
    assert_eq!(fit(&bench, tagged(&["sir"])), ["Okafor", "Rao"]);
    assert_eq!(fit(&bench, tagged(&["sir", "mentor"])), ["Okafor"]);
}

#[test]
fn recency_counts_from_today() {
    let bench = bench();
    bench.log("call with Dr. Asha Rao");
    bench.days_later(40);
    bench.log("call with Ben Okafor");
    let last = |word: &str| PeopleQuery {
        contact: Contact::from_word(word),
        ..PeopleQuery::default()
    };
    assert_eq!(fit(&bench, last("within-30")), ["Okafor"]);
    assert_eq!(fit(&bench, last("silent-30")), ["Rao"]);
    assert!(fit(&bench, last("silent-40")).is_empty());
    assert_eq!(fit(&bench, last("never")), ["Lim"]);
    for nonsense in ["within", "within-0", "silent-x", "later-3"] {
        assert_eq!(Contact::from_word(nonsense), None, "{nonsense}");
    }
    for (word, _) in Contact::OFFERED {
        assert_eq!(
            Contact::from_word(word).map(Contact::word).as_deref(),
            Some(word)
        );
    }
}

#[test]
fn a_reply_is_owed_until_something_is_written_back() {
    let bench = bench();
    let owed = |reply| PeopleQuery {
        reply: Some(reply),
        ..PeopleQuery::default()
    };
    assert!(fit(&bench, owed(Reply::Mine)).is_empty());
    bench.log("Dr. Asha Rao answered by email");
    assert_eq!(fit(&bench, owed(Reply::Mine)), ["Rao"]);
    bench.log("email to Dr. Asha Rao #ask a call");
    assert!(fit(&bench, owed(Reply::Mine)).is_empty());
    assert_eq!(fit(&bench, owed(Reply::Theirs)), ["Rao"]);
    bench.days_later(1);
    bench.log("Dr. Asha Rao answered by email");
    assert!(fit(&bench, owed(Reply::Theirs)).is_empty());
}

#[test]
fn a_program_means_its_institution_and_sites() {
    let bench = bench();
    let at = |id: &str| PeopleQuery {
        program: ProgramId::new(id).ok(),
        ..PeopleQuery::default()
    };
    assert_eq!(fit(&bench, at("4203521221")), ["Rao"]);
    assert!(fit(&bench, at("0000000000")).is_empty());
}

#[test]
fn a_state_means_every_place_in_it() {
    let bench = bench();
    let people = |us_state: &str, program: Option<&str>| {
        let query = PeopleQuery {
            us_state: us_state.to_owned(),
            program: program.map(|id| id.parse().expect("an id")),
            ..PeopleQuery::default()
        };
        fit(&bench, query)
    };
    assert_eq!(people("NY", None), ["Rao"]);
    assert_eq!(people("NY", Some("4203521221")), ["Rao"]);
    // Both have to hold: this program is in another state.
    assert!(people("NJ", Some("4203521221")).is_empty());
    assert_eq!(people("MI", None), ["Lim"]);
    assert!(people("NJ", None).is_empty());
    assert!(people("ZZ", None).is_empty());
}

#[test]
fn a_filter_is_saved_replaced_let_go_and_brought_back() {
    let bench = bench();
    let names = |bench: &Bench| -> Vec<String> {
        saved(&bench.reader).expect("filters").into_keys().collect()
    };
    for (name, filter) in [(" ", "q=a"), ("IR", ""), (&"x".repeat(61), "q=a")] {
        let refused = bench.desk.save_filter(name, filter);
        assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    }
    bench.desk.save_filter("IR", "q=ir").expect("saved");
    bench
        .desk
        .save_filter(" IR ", "role=attending")
        .expect("replaced");
    let kept = saved(&bench.reader).expect("filters");
    assert_eq!(kept.get("IR").map(String::as_str), Some("role=attending"));
    let gone = bench.desk.drop_filter("IR").expect("let go");
    assert!(names(&bench).is_empty());
    assert!(matches!(
        bench.desk.drop_filter("IR"),
        Err(DeskError::NotThere { .. })
    ));
    bench
        .desk
        .undo_operation(gone.operation, false)
        .expect("undone");
    assert_eq!(names(&bench), ["IR"]);
}

#[test]
fn a_saved_filter_forgets_a_name_with_the_person() {
    let bench = bench();
    let rao = bench.person("Asha Rao");
    bench
        .desk
        .save_filter("Hers", "q=Asha+Rao&tag=a%26b")
        .expect("saved");
    let kept = saved(&bench.reader).expect("filters");
    assert_eq!(kept["Hers"], "q=Asha+Rao&tag=a%26b");
    bench.desk.forget_person(rao, "Rao").expect("forgotten");
    let kept = saved(&bench.reader).expect("filters");
    assert!(!kept["Hers"].contains("Rao"), "{kept:?}");
    assert!(kept["Hers"].ends_with("tag=a%26b"), "{kept:?}");
}

#[test]
fn a_filter_is_the_same_in_an_address_and_back() {
    let today = jiff::civil::date(2026, 7, 1);
    let every = PeopleQuery {
        text: "rao & sons".to_owned(),
        role: Some(RoleKind::Attending),
        ring: Some(Ring::Inner),
        tags: vec!["alumni".to_owned(), "a b".to_owned()],
        institution: "maimonides".to_owned(),
        program: Some("4203521221".parse().expect("an id")),
        us_state: "NY".to_owned(),
        state: Some(RelationshipState::WorkedWith),
        contact: Some(Contact::SilentFor(40)),
        reply: Some(Reply::Theirs),
        today: Some(today),
        same_school: Some(false),
        archived: true,
        order: Order::Silent,
        columns: Columns::from_words("known,ring").0,
        ..PeopleQuery::default()
    };
    assert_eq!(PeopleQuery::from_address(&every.address(), today), every);
    let nothing = "ring=outer&last=soon&from=50&order=name&columns=age,shoe";
    let everybody = PeopleQuery::from_address(nothing, today);
    assert_eq!((everybody.offset, everybody.address()), (50, String::new()));
}

#[test]
fn columns_keep_their_order_and_the_usual_ones_need_no_words() {
    let (columns, unknown) = Columns::from_words("known, last,known,name,shoe,,Ring");
    assert_eq!(columns.all(), [Column::Known, Column::Last]);
    assert_eq!(unknown, ["shoe", "Ring"]);
    assert_eq!(columns.words().as_deref(), Some("name,known,last"));
    assert_eq!(Columns::from_words("").0, Columns::default());
    assert_eq!(Columns::default().words(), None);
    let bare = Columns::from_words("name").0;
    assert!(bare.all().is_empty());
    assert_eq!(bare.words().as_deref(), Some("name"));
    let every = Column::words();
    let (all, unknown) = Columns::from_words(&every);
    assert_eq!((all.all(), unknown.len()), (&Column::ALL[..], 0));
}

#[test]
fn the_column_of_replies_says_whom_the_filter_by_replies_lets_through() {
    let bench = bench();
    bench.log("Dr. Asha Rao answered by email");
    bench.log("email to Ben Okafor #ask a call");
    let list = |reply, columns| PeopleQuery {
        today: Some(bench.desk.today().expect("a day")),
        reply,
        columns: Columns::from_words(columns).0,
        ..PeopleQuery::default()
    };
    let shown = people(&bench.reader, &list(None, "reply")).expect("people");
    let mut owed = 0;
    for reply in Reply::ALL {
        let fit = people(&bench.reader, &list(Some(reply), "")).expect("people");
        assert_eq!(fit.replies, None);
        for row in &shown.rows {
            let is_in = fit.rows.iter().any(|it| it.id == row.id);
            let says = shown.cell(row, Column::Reply).contains(reply.label());
            assert_eq!(says, is_in, "{} {}", row.name, reply.word());
            owed += usize::from(is_in);
        }
    }
    assert_eq!(owed, 2);
}
