# Confines a program without namespaces, and becomes it: Landlock bounds its files, its signals and whom it may trace, a filter of
# system calls (system-call-filter.ts) the rest. In Perl, for it is part of every Debian, and Node makes no system calls; setpriv(1)
# of util-linux 2.40 knows Landlock, but is not in Debian 12, and bounds no signals.
#
#   perl landlock.pl PARENT FILTER [RIGHTS=PATH ...] -- PROGRAM [ARGUMENT ...]
#
# PARENT is the process id that it ends with, RIGHTS a number (linux/landlock.h). Whatever cannot be set up ends it before the program.
use strict;
use warnings;
use Config;

my ($prctl, $capset) =
  $Config{archname} =~ /^x86_64/ ? (157, 126) : $Config{archname} =~ /^aarch64/ ? (167, 91) : die "no numbers for $Config{archname}\n";
my ($create_ruleset, $add_rule, $restrict_self, $close_range) = (444, 445, 446, 436);

# Words are passed as pointers: numbers must not be strings.
sub call {
  my ($what, $number, @arguments) = @_;
  my $answer = syscall($number, @arguments);
  die "$what: $!\n" if $answer < 0;
  return $answer;
}

my ($parent, $filter_path, @words) = @ARGV;
my @rules;
while (defined(my $word = shift @words)) {
  last if $word eq '--';
  push @rules, [split /=/, $word, 2];
}
die "there is no program to run\n" unless @words;

# Of a process that has more rights than are left to this one further down.
open(my $held, '<:raw', $filter_path) or die "$filter_path: $!\n";
my $filter = do { local $/; <$held> };
die "the filter is none\n" unless defined $filter && length $filter && length($filter) % 8 == 0;

# PR_SET_PDEATHSIG, SIGKILL: a parent that has ended before is not told of.
call('the parent', $prctl, 1, 9, 0, 0, 0);
die "the process that asked for it has ended\n" if getppid() != $parent;

# None is had or gained again: root, too, gains none from an exec under no_new_privs.
call('capabilities', $capset, pack('L l', 0x20080522, 0), pack('L6', (0) x 6));
# PR_SET_NO_NEW_PRIVS.
call('no new privileges', $prctl, 38, 1, 0, 0, 0);

my $version = call('Landlock', $create_ruleset, 0, 0, 1);
die "Landlock's version is $version, and not at least 6 (Linux 6.12)\n" if $version < 6;
# All 16 rights to files, TCP both ways, abstract sockets and signals: refused but for the rules.
my $bounds = pack 'Q3', 0xffff, 3, 3;
my $ruleset = call('Landlock', $create_ruleset, $bounds, length $bounds, 0);
for my $rule (@rules) {
  my ($rights, $path) = @$rule;
  # O_PATH: nothing is read, and no pipe waited for.
  sysopen(my $file, $path, 010000000) or die "$path: $!\n";
  call("a rule for $path", $add_rule, $ruleset, 1, pack('Q l', $rights, fileno $file), 0);
}

# What was opened before it was bounded would stay within reach: CLOSE_RANGE_CLOEXEC.
call('open files', $close_range, 3, 0xffffffff, 4);
chdir '/' or die "/: $!\n";
call('Landlock', $restrict_self, $ruleset, 0);
# PR_SET_SECCOMP, SECCOMP_MODE_FILTER, struct sock_fprog.
my $program = pack 'S x![P] P', length($filter) / 8, $filter;
call('the filter', $prctl, 22, 2, $program, 0, 0);
exec { $words[0] } @words or die "$words[0]: $!\n";
