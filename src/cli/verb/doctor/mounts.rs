//! The kernel's table of mounts: which one a folder lies on, and whether its locks can be trusted. What is known of
//! each kind was tried on real hosts: `tools/netshare/README.md`.

use std::path::{Path, PathBuf};

/// A line of `/proc/self/mountinfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    pub point: PathBuf,
    pub kind: String,
    /// Of the mount and of the file system.
    pub options: Vec<String>,
}

/// Whether a desk is safe on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    Local,
    Network,
    /// Nothing is known of it.
    Unknown,
    /// Loses commits although nothing looks wrong.
    Lying(&'static str),
}

/// The mount that a folder lies on: the last of those with the longest path.
pub fn mount_of(table: &str, folder: &Path) -> Option<Mount> {
    let mounts = table.lines().filter_map(read).filter(|mount| folder.starts_with(&mount.point));
    mounts.max_by_key(|mount| mount.point.components().count())
}

fn read(line: &str) -> Option<Mount> {
    let (front, back) = line.split_once(" - ")?;
    let mut front = front.split(' ').skip(4);
    let point = PathBuf::from(unescaped(front.next()?));
    let own = front.next()?;
    let mut back = back.split(' ');
    let kind = back.next()?.to_owned();
    let of_system = back.nth(1).unwrap_or_default();
    let options = own.split(',').chain(of_system.split(',')).map(str::to_owned).collect();
    Some(Mount { point, kind, options })
}

/// The kernel writes blank, tab, line end and backslash as octal.
fn unescaped(text: &str) -> String {
    let pairs = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    pairs.iter().fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain))
}

impl Mount {
    /// What is known of its locks.
    pub fn trust(&self) -> Trust {
        let has = |option: &str| self.options.iter().any(|known| known == option);
        match self.kind.as_str() {
            "ext2" | "ext3" | "ext4" | "xfs" | "btrfs" | "zfs" | "f2fs" | "bcachefs" | "tmpfs"
            | "overlay" | "vfat" | "exfat" | "ntfs3" | "apfs" => Trust::Local,
            "nfs" | "nfs4"
                if has("nolock")
                    || self
                        .options
                        .iter()
                        .any(|o| o.starts_with("local_lock=") && o != "local_lock=none") =>
            {
                Trust::Lying("it is mounted with locks that other hosts don't see (nolock or local_lock)")
            }
            "nfs" | "nfs4" => Trust::Network,
            "cifs" | "smb3" if has("nobrl") => {
                Trust::Lying("it is mounted with locks that the server never hears of (nobrl)")
            }
            "cifs" | "smb3" if has("nolease") || has("cache=none") => Trust::Network,
            "cifs" | "smb3" => {
                Trust::Lying("it keeps stale copies: a commit of another host can be overwritten")
            }
            "fuse.sshfs" => Trust::Lying("sshfs has no locks between hosts"),
            "fuse.glusterfs" => Trust::Lying("GlusterFS keeps stale copies with its default options"),
            _ => Trust::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
22 21 0:40 / /mnt/team\\040drive rw,noatime - nfs4 host:/x rw,vers=4.2,local_lock=none
23 21 0:41 / /mnt/old rw - nfs host:/y rw,nolock,local_lock=all
24 21 0:42 / /mnt/smb rw - cifs //host/z rw,cache=strict
25 21 0:43 / /mnt/smb/safe rw - cifs //host/z rw,cache=strict,nolease
broken line
";

    #[test]
    fn the_longest_mount_decides_and_its_options_say_whether_locks_lie() {
        let trust = |folder: &str| mount_of(TABLE, Path::new(folder)).map(|mount| mount.trust());
        assert_eq!(trust("/home/mia"), Some(Trust::Local));
        assert_eq!(trust("/mnt/team drive/desk"), Some(Trust::Network));
        assert!(matches!(trust("/mnt/old/x"), Some(Trust::Lying(_))));
        assert!(matches!(trust("/mnt/smb"), Some(Trust::Lying(_))));
        assert_eq!(trust("/mnt/smb/safe"), Some(Trust::Network));
        assert_eq!(mount_of("", Path::new("/")), None);
    }
}
