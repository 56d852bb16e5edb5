"""Mutants: small changes of the product that the tests should notice. `python -m tests.mutants --help` runs the job.

mutmut's operators make them. mutmut's own runner is not used: it leaves every decorated function out, and here the
rules are decorated functions; it cannot take a sample; and it wants the packages in one folder. So `making` applies the
operators, `running` tries each mutant in a process of its own, forked from one that has the libraries loaded, and
`__main__` says what survived.
"""
