use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rusqlite::params_from_iter;

use super::*;
use crate::domain::query::{holds, order, parse, sample};
use crate::domain::words::{folded, words};
use crate::store::{project, rows, schema, texts};

/// A row, and what was said in each of its events.
type Said = (Row, Vec<Vec<&'static str>>);

fn desk(tickets: &[Said]) -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    register(&conn).unwrap();
    schema::lay(&conn).unwrap();
    for (row, events) in tickets {
        rows::write(&conn, row, None).unwrap();
        project::more(&conn, &rows::Standing::of(row)).unwrap();
        for (seq, said) in (1..).zip(events) {
            let said: Vec<String> = said.iter().map(|text| folded(text)).collect();
            project::spell(&conn, (row.id.0 << 20) | seq, &said.join(texts::BETWEEN)).unwrap();
        }
    }
    conn
}

fn ids(conn: &Connection, condition: &str, params: &[Value], order: &str) -> Vec<i64> {
    let sql = format!("SELECT id FROM ticket WHERE {condition} ORDER BY {order}");
    let mut statement = conn.prepare(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    let rows = statement.query_map(params_from_iter(params), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn in_memory(query: &Query, scope: &Scope, tickets: &[Said]) -> Vec<Row> {
    let words_of = |events: &[Vec<&str>]| -> Vec<Vec<String>> {
        events.iter().flatten().map(|text| words(text)).collect()
    };
    let mut rows: Vec<Row> = tickets
        .iter()
        .filter(|(row, events)| holds(query, scope, row, &words_of(events)))
        .map(|(row, _)| row.clone())
        .collect();
    rows.sort_by(|a, b| order(&query.sort, a, b));
    rows
}

fn tickets() -> impl Strategy<Value = Vec<Said>> {
    let events = || vec(vec(select(&sample::SAID[..]), 1..4), 0..3);
    (1..10i64).prop_flat_map(move |most| (0..most).map(|id| (sample::row(id), events())).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn memory_and_sql_give_the_same_rows_in_the_same_order(
        tickets in tickets(),
        queries in vec((sample::query(), sample::scope()), 8),
        pick in any::<Index>(),
    ) {
        let conn = desk(&tickets);
        for (query, scope) in &queries {
            let filter = sql(query, scope);
            let rows = in_memory(query, scope, &tickets);
            let expected: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
            let found = ids(&conn, &filter.condition, &filter.params, &filter.order);
            prop_assert_eq!(&found, &expected, "{}\n{:?}", query, filter);
            if rows.is_empty() {
                continue;
            }
            let place = pick.index(rows.len());
            let before = before(&query.sort, &rows[place]);
            let params = [filter.params.clone(), before.params].concat();
            let condition = format!("{} AND {}", filter.condition, before.sql);
            let found = ids(&conn, &condition, &params, &filter.order);
            prop_assert_eq!(&found[..], &expected[..place], "{} before {}", query, expected[place]);
        }
    }
}

fn plan(conn: &Connection, text: &str) -> String {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let scope =
        Scope { me: "mia".into(), groups: names(&["Net"]), my_groups: names(&["Net"]), ..Scope::default() };
    let filter = sql(&parse(text).unwrap(), &scope);
    let sql = format!(
        "EXPLAIN QUERY PLAN SELECT id FROM ticket WHERE {} ORDER BY {} LIMIT 40",
        filter.condition, filter.order
    );
    let mut statement = conn.prepare(&sql).unwrap();
    let rows = statement.query_map(params_from_iter(filter.params), |row| row.get::<_, String>(3)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("; ")
}

#[test]
fn the_usual_questions_walk_an_index_in_its_order() {
    let conn = desk(&[]);
    for text in [
        "is:open",
        "is:open is:mine",
        "is:open owner:none",
        "is:open group:net prio:P1",
        "is:open group:mine",
    ] {
        let plan = plan(&conn, text);
        assert!(
            plan.contains("COVERING INDEX ticket_live") && !plan.contains("TEMP B-TREE"),
            "{text}: {plan}"
        );
    }
}

#[test]
fn a_name_the_scope_does_not_know_is_looked_for_among_the_names() {
    let plan = plan(&desk(&[]), "is:open group:elsewhere");
    assert!(plan.contains("COVERING INDEX ticket_live") && plan.contains("tally"), "{plan}");
}

#[test]
fn the_largest_query_is_still_a_statement() {
    let conn = desk(&[]);
    for text in ["-vpn,x ".repeat(100), "-group:a*,b,c ".repeat(100), format!("owner:{}x", "x*,".repeat(299))]
    {
        let filter = sql(&parse(&text).unwrap(), &Scope::default());
        assert_eq!(ids(&conn, &filter.condition, &filter.params, &filter.order), Vec::<i64>::new());
    }
}

#[test]
fn a_status_named_twice_is_a_query_like_any_other() {
    let conn = desk(&[]);
    for text in ["status:resolved,resolved sort:due", "is:resolved,resolved", "status:open,open is:open,open"]
    {
        let filter = sql(&parse(text).unwrap(), &Default::default());
        assert_eq!(ids(&conn, &filter.condition, &filter.params, &filter.order), [0; 0], "{text}");
    }
}
