use super::*;

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.replace('\n', "\r\n"))
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"))
}

fn read(text: &str) -> Vec<String> {
    days_off(text).unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn whole_days_and_spans_of_days_are_read() {
    assert_eq!(read(&event("DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas")), ["2026-12-25"]);
    let shut = event("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Shut");
    assert_eq!(read(&shut), ["2026-12-24", "2026-12-25", "2026-12-26"]);
    let once = calendar(&"BEGIN:VEVENT\nDTSTART:20260501\nEND:VEVENT\n".repeat(2));
    assert_eq!(read(&once), ["2026-05-01"], "the same day twice is one day off");
    assert_eq!(read(&event("DTSTART:20260501\nSTATUS:CANCELLED")), [""; 0]);
}

#[test]
fn yearly_rules_are_laid_out() {
    let five = event("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;COUNT=3");
    assert_eq!(read(&five), ["2024-02-29", "2028-02-29", "2032-02-29"], "a leap day has no stand-in");
    let thanks = event("DTSTART:20241128\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20261231T000000Z");
    assert_eq!(read(&thanks), ["2024-11-28", "2025-11-27", "2026-11-26"]);
    let memorial = event("DTSTART:20250526\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2");
    assert_eq!(read(&memorial), ["2025-05-26", "2026-05-25"]);
    let skipped = event("DTSTART:20250501\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20260501");
    assert_eq!(read(&skipped), ["2025-05-01", "2027-05-01"]);
    let every_other = event("DTSTART:20250501\nRRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1;COUNT=2");
    assert_eq!(read(&every_other), ["2025-05-01", "2027-05-01"]);
    assert_eq!(read(&event("DTSTART:20250501\nRRULE:FREQ=YEARLY")).last().unwrap(), "2120-05-01");
}

#[test]
fn folded_lines_and_inner_parts_do_not_mislead() {
    let text =
        event("DTSTART;VAL\n UE=DATE:2026\n 1225\nBEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:x\nEND:VALARM");
    assert_eq!(read(&text), ["2026-12-25"]);
    let zone = "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=MONTHLY\nEND:STANDARD\n\
                END:VTIMEZONE\nBEGIN:VEVENT\nDTSTART:20260501\nEND:VEVENT\n";
    assert_eq!(read(&calendar(zone)), ["2026-05-01"]);
}

#[test]
fn what_is_not_understood_is_refused_with_its_line() {
    let refused = |text: &str| days_off(text).unwrap_err().to_string();
    let hour = refused(&event("DTSTART;TZID=Europe/Berlin:20261224T120000"));
    assert!(hour.starts_with("line 4: DTSTART is no whole day: a day off is a date"), "{hour}");
    let weekly = refused(&event("DTSTART:20261224\nRRULE:FREQ=WEEKLY"));
    assert!(weekly.starts_with("line 5: the rule's part \"FREQ=WEEKLY\" is not understood"), "{weekly}");
    for rule in [
        "COUNT=3",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=1,2",
        "FREQ=YEARLY;BYSETPOS=1",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTHDAY=1;BYDAY=1MO;BYMONTH=2",
    ] {
        refused(&event(&format!("DTSTART:20261224\nRRULE:{rule}")));
    }
    refused(&event("DTSTART:20261224\nRDATE:20270101"));
    refused(&event("DTSTART:20261324"));
    refused(&event("DTSTART:20261224\nDTEND:20361224"));
    refused(&event("SUMMARY:when?"));
    refused("hello");
    refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224");
}

/// Without a month, RFC 5545 lets such a rule mean that day of every month.
#[test]
fn a_day_of_no_month_is_refused() {
    let refused =
        |rule: &str| days_off(&event(&format!("DTSTART:20261224\nRRULE:{rule}"))).unwrap_err().to_string();
    assert!(refused("FREQ=YEARLY;BYMONTHDAY=24").contains("without its month (BYMONTH)"));
    let twice = days_off(&event("DTSTART:20261224\nRRULE:FREQ=YEARLY;COUNT=2\nRRULE:FREQ=YEARLY;COUNT=3"));
    assert!(twice.is_err(), "{twice:?}");
}
