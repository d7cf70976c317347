' One document, opened, changed and saved by LibreOffice as somebody at its keyboard does. The job is a file of lines: the
' document, where it goes, the filter, the password, "1" to record the changes, and then a change a line.

Sub Schrijf(opdracht As String)
  Dim lezen(0) As New com.sun.star.beans.PropertyValue
  Dim schrijven(1) As New com.sun.star.beans.PropertyValue
  Dim slot(1) As New com.sun.star.beans.NamedValue
  On Local Error Goto Fout
  bestanden = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  stroom = CreateUnoService("com.sun.star.io.TextInputStream")
  stroom.setInputStream(bestanden.openFileRead(opdracht))
  stroom.setEncoding("UTF-8")
  bron = stroom.readLine()
  doel = stroom.readLine()
  schrijven(0).Name = "FilterName"
  schrijven(0).Value = stroom.readLine()
  wachtwoord = stroom.readLine()
  lezen(0).Name = "Hidden"
  lezen(0).Value = True
  doc = StarDesktop.loadComponentFromURL(bron, "_blank", 0, lezen())
  doc.RecordChanges = (stroom.readLine() = "1")
  Do While Not stroom.isEOF()
    deel = Split(stroom.readLine(), Chr(9))
    If UBound(deel) = 3 Then Typ(doc.TextTables.getByIndex(CInt(deel(1))), CInt(deel(2)), deel(3))
    If UBound(deel) = 2 Then Vervang(doc, deel(1), deel(2))
  Loop
  If wachtwoord <> "" Then
    slot(0).Name = "OOXPassword"
    slot(0).Value = wachtwoord
    slot(1).Name = "CryptoType"
    slot(1).Value = "Standard"
    schrijven(1).Name = "EncryptionData"
    schrijven(1).Value = slot()
  End If
  doc.storeToURL(doel, schrijven())
  doc.close(True)
Fout:
  StarDesktop.terminate()
End Sub

' An answer in the second cell of a row.
Sub Typ(tabel As Object, rij As Integer, antwoord As String)
  cel = tabel.getCellByPosition(1, rij)
  cel.getText().insertString(cel.createTextCursor(), antwoord, False)
End Sub

Sub Vervang(doc As Object, oud As String, nieuw As String)
  zoek = doc.createReplaceDescriptor()
  zoek.SearchString = oud
  zoek.ReplaceString = nieuw
  doc.replaceAll(zoek)
End Sub
