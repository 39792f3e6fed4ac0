//! Standard output as a terminal takes it: whole frames, past the line buffer, which would cut a frame at
//! every line feed it moves the cursor with.

use std::io;
use std::time::Duration;

/// How long to wait for a terminal that takes nothing just now.
const WAIT: Duration = Duration::from_millis(2);

/// Writes all of it while holding standard output's lock.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    if bytes.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.flush()?;
    write_all(bytes, |rest| direct(&mut out, rest), || std::thread::sleep(WAIT))
}

#[cfg(unix)]
fn direct(out: &mut io::StdoutLock<'_>, rest: &[u8]) -> io::Result<usize> {
    Ok(rustix::io::write(&*out, rest)?)
}

#[cfg(not(unix))]
fn direct(out: &mut io::StdoutLock<'_>, rest: &[u8]) -> io::Result<usize> {
    use io::Write;
    out.write_all(rest)?;
    out.flush()?;
    Ok(rest.len())
}

/// A terminal may take part of it, be interrupted by a signal, or (when another program on the same
/// terminal made it non-blocking) say "not now".
fn write_all(
    mut rest: &[u8],
    mut write: impl FnMut(&[u8]) -> io::Result<usize>,
    mut wait: impl FnMut(),
) -> io::Result<()> {
    while !rest.is_empty() {
        match write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(taken) => rest = rest.get(taken..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait(),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;

    /// What arrives when the terminal answers each call so; `Ok(n)` takes at most n bytes.
    fn played(answers: &[Result<usize, ErrorKind>]) -> (Result<(), ErrorKind>, Vec<u8>, usize) {
        let (mut arrived, mut waits, mut answers) = (Vec::new(), 0, answers.iter());
        let result = write_all(
            b"abcdefgh",
            |rest| {
                let taken = (*answers.next().unwrap_or(&Ok(usize::MAX)))?.min(rest.len());
                arrived.extend_from_slice(&rest[..taken]);
                Ok(taken)
            },
            || waits += 1,
        );
        (result.map_err(|error| error.kind()), arrived, waits)
    }

    #[test]
    fn one_call_where_one_will_do() {
        assert_eq!(played(&[Ok(8), Err(ErrorKind::BrokenPipe)]), (Ok(()), b"abcdefgh".to_vec(), 0));
    }

    #[test]
    fn short_writes_interruptions_and_refusals_lose_nothing() {
        let answers = [
            Ok(3),
            Err(ErrorKind::Interrupted),
            Err(ErrorKind::WouldBlock),
            Ok(1),
            Err(ErrorKind::WouldBlock),
        ];
        assert_eq!(played(&answers), (Ok(()), b"abcdefgh".to_vec(), 2));
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error() {
        assert_eq!(played(&[Ok(2), Err(ErrorKind::BrokenPipe)]).0, Err(ErrorKind::BrokenPipe));
        assert_eq!(played(&[Ok(0)]).0, Err(ErrorKind::WriteZero));
    }
}
