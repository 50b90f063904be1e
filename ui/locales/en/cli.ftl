# The command line: what it prints for people, and its help. Names and JSON fields are never translated.

## Beside a failure

detail-file = file
detail-line = line
detail-key = key
detail-value = value
detail-port = port
detail-reader = reader
detail-reason = reason

reason-not-found = there is no such file
reason-not-allowed = this user may not open it
reason-folder = it is a folder
reason-no-text = it is no text in UTF-8
reason-no-plain-file = it is no plain file
reason-too-large = it is too large
reason-disk-full = the disk is full
reason-disk-fault = the system cannot read or write it
reason-no-certificate = there is no certificate in it
reason-missing = it is missing
reason-no-address = it is no https address
reason-host-form = a host is written without path, as host or host:port
reason-signer-form = an entry is written TYPE=value
reason-signer-without-platform = class production or acceptance needs the entry OU=CBE=0809394427
reason-only-in-class-sandbox = only class sandbox may have it
reason-name-of-another-class = this name belongs to another class
reason-not-on-this-pc = class sandbox reaches only this PC: 127.0.0.1, [::1] or localhost
reason-port-taken = another program uses it
reason-port-reserved = this user may not use it
reason-port-refused = the system refuses it
reason-not-of-the-sandbox = the sandbox did not write it like this

usage-no-command = A command is missing; relaisctl --help lists them.
