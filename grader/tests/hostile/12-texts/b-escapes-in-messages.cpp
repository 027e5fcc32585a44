// text: does-not-compile
#error "[2J]0;owned <script>alert(1)</script> =cmd|'/c calc'!A1"
