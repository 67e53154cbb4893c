//! What a market is made of, and what is refused.

use matching::{InvalidMarket, Market, MarketBuilder, Side};

fn base() -> MarketBuilder {
    let mut market = Market::builder();
    market
        .applicant("a", ["p", "q"])
        .applicant("b", ["q"])
        .applicant("x", [""; 0])
        .applicant("y", [""; 0]);
    market
        .program("p", 1, ["a", "x"])
        .program("q", 2, ["b", "a", "y"]);
    market
}

#[track_caller]
fn check(market: &MarketBuilder, message: &str) {
    match market.clone().build() {
        Ok(_) => panic!("accepted, but should say: {message}"),
        Err(problem) => assert_eq!(problem.to_string(), message),
    }
}

#[test]
fn refusals_name_the_record() {
    assert!(base().build().is_ok());
    check(
        base().program("p", 1, ["a"]),
        "program p: there are two programs with this id",
    );
    check(
        base().applicant("a", ["p"]),
        "applicant a: there are two applicants with this id",
    );
    check(
        base().applicant("c", ["r"]),
        "applicant c: unknown program r",
    );
    check(
        base().program("r", 1, ["z"]),
        "program r: unknown applicant z",
    );
    check(
        base().applicant("c", ["p", "q", "p"]),
        "applicant c: program p stands twice on the list",
    );
    check(
        base().program("r", 1, ["a", "b", "a"]),
        "program r: applicant a stands twice on the list",
    );
    check(
        base().program("r", -2, ["a"]),
        "program r: quota -2 is negative",
    );
    check(
        base().supplemental("b", "p", ["q"]),
        "applicant b: supplemental list for program p, which is not on the rank list",
    );
    check(
        base().supplemental("a", "p", ["r"]),
        "supplemental list of applicant a: unknown program r",
    );
    check(
        base().supplemental("zz", "p", ["q"]),
        "supplemental list of applicant zz: unknown applicant zz",
    );
    check(
        base().supplemental("a", "p", ["q", "q"]),
        "supplemental list of applicant a for program p: program q stands twice on the list",
    );
    check(
        base().supplemental("a", "p", ["p"]),
        "applicant a: the supplemental list for program p names p itself",
    );
    check(
        base()
            .supplemental("a", "p", ["q"])
            .supplemental("a", "p", ["q"]),
        "applicant a: two supplemental lists for program p",
    );
    check(
        base().reversion("p", "p", 1),
        "reversion p to p: a program cannot give places to itself",
    );
    check(
        base().reversion("p", "r", 1),
        "reversion p to r: unknown program r",
    );
    check(
        base().reversion("p", "q", -1),
        "reversion p to q: maximum -1 is negative",
    );
    check(
        base()
            .program("r", 1, ["a"])
            .reversion("p", "q", 1)
            .reversion("q", "r", 1)
            .reversion("r", "q", 1),
        "reversion q to r: reversions form a cycle",
    );
}

#[test]
fn refusals_name_the_couple() {
    let pairs = || [[Some("p"), Some("q")], [Some("p"), None]];
    assert!(
        base()
            .couple("c", ["x", "y"], pairs())
            .clone()
            .build()
            .is_ok()
    );
    check(
        base()
            .couple("c", ["x", "y"], pairs())
            .couple("c", ["x", "y"], pairs()),
        "couple c: there are two couples with this id",
    );
    check(
        base().couple("c", ["x", "x"], pairs()),
        "couple c: both members are applicant x",
    );
    check(
        base().couple("c", ["x", "a"], pairs()),
        "couple c: member a has a rank list of its own",
    );
    check(
        base()
            .applicant("z", [""; 0])
            .couple("c", ["x", "y"], pairs())
            .couple("d", ["z", "y"], pairs()),
        "couple d: applicant y already belongs to couple c",
    );
    check(
        base().couple("c", ["x", "nobody"], pairs()),
        "couple c: unknown applicant nobody",
    );
    check(
        base().couple("c", ["x", "y"], [[Some("p"), Some("r")]]),
        "couple c: unknown program r",
    );
    check(
        base().couple(
            "c",
            ["x", "y"],
            [[Some("p"), None], [None, Some("q")], [Some("p"), None]],
        ),
        "couple c: the pair p - stands twice on the list",
    );
}

/// A couple's member has no list that a record could hold, so files leave the record out.
#[test]
fn members_need_no_record_when_a_program_ranks_them() {
    let mut market = Market::builder();
    market
        .program("p", 2, ["x", "y"])
        .couple("c", ["x", "y"], [[Some("p"), Some("p")]]);
    let market = market.build().expect("both are ranked");
    assert_eq!(market.n_applicants(), 2);
}

#[test]
fn ranks_that_are_not_returned_are_void_and_reported() {
    let mut market = base();
    market
        .applicant("c", ["p", "q"])
        .program("r", 1, ["a", "b"]);
    market.couple(
        "cc",
        ["x", "y"],
        [
            [Some("p"), Some("p")],
            [Some("p"), Some("q")],
            [Some("q"), Some("p")],
        ],
    );
    market.supplemental("a", "p", ["q", "r"]);
    let market = market.build().expect("all is known");
    let reported: Vec<_> = market
        .unreciprocated()
        .iter()
        .map(|void| {
            (
                void.ranked_by,
                market.applicant_id(void.applicant),
                market.program_id(void.program),
            )
        })
        .collect();
    let expected = [
        (Side::Applicant, "x", "q"),
        (Side::Applicant, "y", "p"),
        (Side::Applicant, "c", "p"),
        (Side::Applicant, "c", "q"),
        (Side::Program, "b", "r"),
    ];
    assert_eq!(reported, expected);
    let nobody = market.find_applicant("c").expect("c is declared");
    assert_eq!(market.rank_list(nobody).len(), 0);
}

#[test]
fn first_problem_is_named_with_its_type() {
    let mut market = base();
    market.program("r", -1, ["a"]).program("p", 1, ["a"]);
    let expected = InvalidMarket::NegativeQuota {
        program: "r".into(),
        quota: -1,
    };
    assert_eq!(market.build().expect_err("refused"), expected);
}

/// Records that name each other's ids before they are declared.
fn add_first(market: &mut MarketBuilder) {
    market
        .applicant("a", ["q", "p"])
        .applicant("b", ["q", "r"])
        .supplemental("a", "q", ["t"])
        .reversion("p", "q", 1);
}

fn add_second(market: &mut MarketBuilder) {
    market
        .program("r", 1, ["y", "b", "c"])
        .program("p", 1, ["a", "x"])
        .program("q", 2, ["b", "a", "y"])
        .program("t", 3, ["a"])
        .applicant("c", ["r"])
        .couple("k", ["x", "y"], [[Some("p"), Some("r")], [None, Some("q")]])
        .reversion("q", "r", 2);
}

#[test]
fn tables_read_beside_each_other_make_the_same_market() {
    let mut one_after_the_other = Market::builder();
    add_first(&mut one_after_the_other);
    add_second(&mut one_after_the_other);
    let one_after_the_other = one_after_the_other.build().expect("a market");

    let (mut first, mut second) = (Market::builder(), Market::builder());
    add_first(&mut first);
    add_second(&mut second);
    let appended = first.append(second).clone().build().expect("a market");

    assert_eq!(
        format!("{appended:?}"),
        format!("{one_after_the_other:?}"),
        "numbers, lists, couples and reversions are those of one builder"
    );
}

#[test]
fn what_two_tables_declare_twice_is_refused() {
    let appended = |other: &mut MarketBuilder| base().append(other.clone()).clone();
    check(
        &appended(Market::builder().program("p", 1, ["a"])),
        "program p: there are two programs with this id",
    );
    check(
        &appended(Market::builder().applicant("a", ["p"])),
        "applicant a: there are two applicants with this id",
    );
    check(
        &appended(Market::builder().program("r", -2, ["a"])),
        "program r: quota -2 is negative",
    );
    let mut couples = base();
    couples.couple("k", ["x", "y"], [[Some("p"), Some("q")]]);
    let mut again = Market::builder();
    again.couple("k", ["a", "b"], [[Some("p"), Some("q")]]);
    let message = couples
        .append(again)
        .clone()
        .build()
        .expect_err("two couples with one id")
        .to_string();
    assert_eq!(message, "couple k: there are two couples with this id");
}
