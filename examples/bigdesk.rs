//! Makes a desk with many tickets, the same for the same number: `cargo run --release --example bigdesk FILE TICKETS`.
//! One in twenty is open. Look at it with `tierline --desk FILE`.

#[path = "../tests/it/kit/desk.rs"]
mod desk;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut given = std::env::args().skip(1);
    let file = given.next().ok_or("where? give a file that is not there yet")?;
    let tickets = given.next().map_or(Ok(100_000), |text| text.parse())?;
    desk::make(Path::new(&file), tickets);
    Ok(())
}
