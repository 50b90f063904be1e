//! Whose lease files these are: a user of this operating system, on this machine.

/// User and machine a lease file is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The user, as the operating system numbers or names them.
    pub user: String,
    /// The machine: a digest of the system's own number, which must not be shown as it is.
    pub machine: String,
}

impl Owner {
    /// The user this process runs as, on this machine.
    #[must_use]
    pub fn of_this_process() -> Self {
        let digest = openssl::sha::sha256(format!("relais lease\0{}", platform::machine()).as_bytes());
        Self { user: platform::user(), machine: hex::encode(&digest[..16]) }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    pub fn user() -> String {
        rustix::process::geteuid().as_raw().to_string()
    }

    /// Source: machine-id(5), which asks not to show the number itself. A system without one has an empty one: then
    /// the key store alone binds a lease to the machine.
    pub fn machine() -> String {
        ["/etc/machine-id", "/var/lib/dbus/machine-id"]
            .iter()
            .find_map(|path| std::fs::read_to_string(path).ok())
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    }
}

#[cfg(target_os = "macos")]
mod platform {
    pub fn user() -> String {
        rustix::process::geteuid().as_raw().to_string()
    }

    /// IOPlatformUUID, as `ioreg` prints it.
    pub fn machine() -> String {
        let asked = std::process::Command::new("/usr/sbin/ioreg")
            .args(["-rd1", "-c", "IOPlatformExpertDevice"])
            .output();
        let printed = asked.map(|out| String::from_utf8_lossy(&out.stdout).into_owned()).unwrap_or_default();
        printed
            .lines()
            .find(|line| line.contains("IOPlatformUUID"))
            .and_then(|line| line.split('"').nth(3))
            .unwrap_or_default()
            .to_owned()
    }
}

#[cfg(windows)]
mod platform {
    pub fn user() -> String {
        let part = |name| std::env::var(name).unwrap_or_default();
        format!("{}\\{}", part("USERDOMAIN"), part("USERNAME"))
    }

    /// MachineGuid of the registry, as `reg` prints it.
    pub fn machine() -> String {
        let asked = std::process::Command::new("reg")
            .args(["query", r"HKLM\SOFTWARE\Microsoft\Cryptography", "/v", "MachineGuid"])
            .output();
        let printed = asked.map(|out| String::from_utf8_lossy(&out.stdout).into_owned()).unwrap_or_default();
        printed.split_whitespace().last().unwrap_or_default().to_owned()
    }
}
